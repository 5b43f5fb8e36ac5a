/** The HTML report of more than two Services in a browser. These tests do not prove that it looks good: look at it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { severalHtml } from "../../comparison/report/html/several.ts";
import type { Comparison } from "../../comparison/result/comparison.ts";
import { severalOf } from "../../comparison/result/several.ts";
import { different, equivalent } from "../unit/comparison/report/example.ts";
import { installTimeout, openChromium } from "./chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const withOther = (comparison: Comparison, service: string): Comparison => ({
  ...comparison,
  left: equivalent.left,
  right: { ...comparison.right, service },
});

describe("the HTML report of more than two Services in a browser", function () {
  this.timeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), "several-test-"));
  const file = join(directory, "several.html");
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout(installTimeout);
    writeFileSync(
      file,
      await severalHtml(severalOf([withOther(equivalent, "shop/ccm"), withOther(different, "shop/lbc")])),
    );
    browser = await openChromium();
    page = await browser.newPage();
  });
  after(async () => {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function show(width: number): Promise<void> {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(file).href);
  }

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has no accessibility problems that axe finds: ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      await show(1280);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`),
        [],
      );
      assert(passes.some(({ id }) => id === "color-contrast"));
    });
  }

  for (const width of [320, 768, 1280]) {
    it(`is not wider than the screen at ${width} px: its table scrolls by itself`, async () => {
      await show(width);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
    });
  }

  it("filters its rows by the worst verdict", async () => {
    await show(1280);
    const visible = () => page.locator("[data-verdict]:visible").count();
    const all = await visible();
    await page.locator('input[value="same"]').uncheck();
    await page.locator('input[value="equivalent"]').uncheck();
    const left = await visible();
    assert.ok(left > 0 && left < all, `${left} of ${all}`);
    assert.equal(await page.locator('[data-verdict="different"]:visible').count(), left);
  });

  it("leads from a verdict to its reason", async () => {
    await show(1280);
    await page.locator('a[href="#reason-1"]').first().click();
    assert.ok(await page.locator("#reason-1").isVisible());
    assert.match(page.url(), /#reason-1$/);
  });
});
