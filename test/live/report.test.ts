/** The HTML report in a browser. These tests do not prove that it looks good: look at it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { htmlReport } from "../../comparison/report/html/page.ts";
import * as examples from "../unit/comparison/report/example.ts";
import { installTimeout, openChromium } from "./chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the HTML report in a browser", function () {
  this.timeout(60_000);

  const directory = mkdtempSync(join(tmpdir(), "report-test-"));
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout(installTimeout);
    for (const [name, comparison] of Object.entries(examples)) {
      writeFileSync(join(directory, `${name}.html`), await htmlReport(comparison));
    }
    browser = await openChromium();
  });

  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.route("**", (route) => {
      const { protocol, pathname } = new URL(route.request().url());
      if (protocol === "file:" && pathname.startsWith(directory)) return route.continue();
      complaints.push(`asked for ${route.request().url()}`);
      return route.abort();
    });
  });

  // No test may make the page load anything or write to the console.
  afterEach(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
  });

  after(async () => {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function show(name: keyof typeof examples, width = 1280): Promise<void> {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(join(directory, `${name}.html`)).href);
  }

  /** Presses Tab until an element has the focus, like someone without a mouse. */
  async function tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < 100; presses++) {
      await page.keyboard.press("Tab");
      if (await page.locator(`${selector}:focus`).count()) return;
    }
    assert.fail(`Tab does not lead to ${selector}`);
  }

  /** Waits until the page shows this count of aspects: it counts after a key was pressed. */
  const shows = (count: string): Promise<void> =>
    page.locator("output", { hasText: new RegExp(`^${count}$`) }).waitFor();

  const visibleAspects = (): Promise<number> => page.locator("[data-verdict]:visible").count();

  for (const name of Object.keys(examples) as (keyof typeof examples)[]) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`has no accessibility problems that axe finds, with all details open: ${name}, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        await show(name);
        await page.evaluate(
          "for (const details of document.querySelectorAll('details')) details.open = true",
        );
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
        assert.deepEqual(found, []);
        assert(passes.some(({ id }) => id === "color-contrast"));
      });
    }
  }

  for (const width of [320, 768, 1280]) {
    it(`is not wider than the screen at ${width} px`, async () => {
      for (const name of Object.keys(examples) as (keyof typeof examples)[]) {
        await show(name, width);
        await page.evaluate(
          "for (const details of document.querySelectorAll('details')) details.open = true",
        );
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width, name);
      }
    });
  }

  for (const media of ["screen", "print"] as const) {
    for (const width of [794, 1280]) {
      it(`breaks no column title inside a word at ${width} px: ${media}`, async () => {
        await page.emulateMedia({ media });
        await show("equivalent", width);
        const broken = await page.evaluate(`
          [...document.querySelectorAll("thead th")].flatMap((head) => {
            const text = head.firstChild;
            return [...(text?.data ?? "").matchAll(/\\S+/g)].flatMap((word) => {
              const range = document.createRange();
              range.setStart(text, word.index);
              range.setEnd(text, word.index + word[0].length);
              return range.getClientRects().length > 1 ? word[0] : [];
            });
          })`);
        assert.deepEqual(broken, []);
      });
    }
  }

  it("draws a scenario's requests over time, no wider than the screen", async () => {
    for (const width of [320, 1280]) {
      await show("equivalent", width);
      const drawing = page.getByRole("img", { name: "new connections, over time" });
      const box = await drawing.boundingBox();
      assert(box !== null && box.width <= width && box.height > 200, JSON.stringify(box));
      assert.equal(await page.getByRole("img", { name: "keep-alive, over time" }).isVisible(), false);
      const lost = await drawing.locator(".lost").first().boundingBox();
      const answered = await drawing.locator(".answered").first().boundingBox();
      assert(lost !== null && answered !== null && lost.y >= answered.y + answered.height - 1);
    }
  });

  it("is accessible on a narrow screen", async () => {
    await show("different", 320);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    assert.deepEqual(
      violations.map(({ id }) => id),
      [],
    );
  });

  it("filters by verdict, section and text with the keyboard alone, and counts the aspects shown", async () => {
    await show("equivalent");
    const { aspects } = examples.equivalent;
    const count = (of: (aspect: (typeof aspects)[number]) => boolean): string =>
      `${aspects.filter(of).length} of ${aspects.length} aspects`;
    await shows(count(() => true));

    await tabTo('[value="same"]');
    await page.keyboard.press("Space");
    await shows(count(({ verdict }) => verdict !== "same"));
    assert.equal(await visibleAspects(), aspects.filter(({ verdict }) => verdict !== "same").length);
    assert.equal(await page.locator('[data-heading="firewall"]').isVisible(), false);

    await tabTo("select");
    // Not by the section's name: a browser forgets what was typed if the next key comes late.
    const choice = page.locator("select");
    for (let presses = 0; presses < 20 && (await choice.inputValue()) !== "listeners"; presses++)
      await page.keyboard.press("ArrowDown");
    await shows(count(({ verdict, section }) => verdict !== "same" && section === "listeners"));

    await tabTo('button[type="reset"]');
    await page.keyboard.press("Enter");
    await shows(count(() => true));

    await page.keyboard.press("Shift+Tab");
    await page.keyboard.type("FINALIZER");
    await shows(`1 of ${aspects.length} aspects`);
    assert.equal(
      await page.locator('[data-verdict]:visible th[scope="row"]').first().textContent(),
      "finalizers",
    );
  });

  it("opens a difference to its reason and source with the keyboard", async () => {
    await show("equivalent");
    const details = page.locator("[data-verdict] details").first();
    const source = details.getByRole("link");
    assert.equal(await source.isVisible(), false);
    await tabTo("[data-verdict] summary");
    await page.keyboard.press("Enter");
    await source.waitFor({ state: "visible" });
    assert.match((await details.textContent()) ?? "", /Who is affected\s+nobody by itself/);
  });

  it("shows unexplained differences open", async () => {
    await show("different");
    assert.equal(await page.locator("details[open]").count(), 1);
    assert.match(
      (await page.locator("details[open] summary").textContent()) ?? "",
      /No known reason explains this/,
    );
  });

  it("prints everything except filters", async () => {
    await show("equivalent");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("details:not([open])").count(), 0);
    assert.equal(await page.locator(".filters").isVisible(), false);
    assert.equal(await visibleAspects(), examples.equivalent.aspects.length);
    assert.match(String((await page.pdf({ format: "A4" })).subarray(0, 5)), /%PDF-/);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    assert.equal(await page.locator("details[open]").count(), 0);
  });

  it("skips the header with its first link", async () => {
    await show("equivalent");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.activeElement.id === 'main'");
  });

  it("shows everything except filters without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(pathToFileURL(join(directory, "equivalent.html")).href);
    assert.equal(await plain.locator(".filters").isVisible(), false);
    assert.equal(await plain.locator("[data-verdict]:visible").count(), examples.equivalent.aspects.length);
    await context.close();
  });
});
