import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { severalHtml } from "../../../../comparison/report/html/several.ts";
import { severalMarkdown } from "../../../../comparison/report/markdownSeveral.ts";
import { sharedTable } from "../../../../comparison/report/several.ts";
import { severalReport } from "../../../../comparison/report/terminal/several.ts";
import { severalDocument } from "../../../../comparison/result/schema.ts";
import { severalOf } from "../../../../comparison/result/several.ts";
import type { Comparison } from "../../../../comparison/result/comparison.ts";
import { different, equivalent, incomplete } from "./example.ts";

/** The same first Service, and another second one. */
const withOther = (comparison: Comparison, service: string): Comparison => ({
  ...comparison,
  left: equivalent.left,
  right: { ...comparison.right, service },
});
const ccm = withOther(equivalent, "shop/ccm");
const lbc = withOther(equivalent, "shop/lbc");

describe("the comparison of several Services", () => {
  const kindOf = (...comparisons: [Comparison, ...Comparison[]]) => severalOf(comparisons).verdict.kind;

  it("is equivalent if the first one is with each of the others", () => {
    const { verdict } = severalOf([ccm, lbc]);
    assert.equal(verdict.kind, "equivalent");
    assert.match(
      verdict.sentence,
      /^Equivalent: nodeport-\S+ and shop\/ccm, and shop\/lbc; \d+ predictions right, 0 wrong\.$/,
    );
  });

  it("is different if one is, also if another one is incomplete, and says which", () => {
    assert.equal(kindOf(ccm, withOther(incomplete, "shop/lbc")), "incomplete");
    const all = [ccm, withOther(incomplete, "shop/a"), withOther(different, "shop/b")] as const;
    assert.equal(kindOf(...all), "different");
    assert.match(severalOf(all).verdict.sentence, /^Different: nodeport-\S+ and shop\/b[;.]/);
  });

  it("counts predictions of all, wrong ones too", () => {
    const [prediction = assert.fail()] = equivalent.predictions;
    const wrong = [{ path: "x", predicted: "a", found: "b" }];
    const off: Comparison = {
      ...lbc,
      predictions: [{ ...prediction, outcome: "wrong", checked: 10, wrong }],
    };
    assert.match(
      severalOf([{ ...ccm, predictions: [{ ...prediction, checked: 20 }] }, off]).verdict.sentence,
      /29 predictions right, 1 wrong/,
    );
  });

  it("has its schema in docs/several.schema.json: run npm run schema", () => {
    const file = join(import.meta.dirname, "../../../../docs/several.schema.json");
    assert.equal(readFileSync(file, "utf8"), severalDocument());
  });
});

describe("the report of several Services", () => {
  it("names the cluster's Kubernetes once", () => {
    const kubernetes = { version: "v1.36.3", kubelets: ["v1.36.3"], proxyModes: ["nftables"] };
    const report = severalReport(
      severalOf([
        { ...ccm, kubernetes },
        { ...lbc, kubernetes },
      ]),
      { colour: false },
    );
    assert.equal(report.match(/^Kubernetes v1\.36\.3, kube-proxy in nftables mode\.$/gm)?.length, 1);
  });
});

describe("the table of several Services", () => {
  it("has the rows of all, each once, with the value of each Service", () => {
    const [aspect = assert.fail()] = equivalent.aspects;
    const more = {
      ...lbc,
      aspects: [...equivalent.aspects, { ...aspect, id: "own", left: "none", right: "x" }],
    };
    const { rows } = sharedTable(severalOf([ccm, more]));
    assert.deepEqual(
      rows.map(({ id }) => id),
      [...equivalent.aspects.map(({ id }) => id), "own"],
    );
    const own = rows.find(({ id }) => id === "own");
    assert.deepEqual([own?.first, own?.others.map((cell) => cell?.text)], ["none", [undefined, "x"]]);
  });

  it("numbers each reason once, and one that differs in its words by itself", () => {
    const [first = assert.fail(), ...others] = equivalent.explanations;
    const same = sharedTable(severalOf([ccm, lbc]));
    assert.equal(same.reasons.length, equivalent.explanations.length);
    for (const { others: cells } of same.rows) assert.deepEqual(cells[0]?.reasons, cells[1]?.reasons);
    const otherWords = { ...lbc, explanations: [{ ...first, why: "Here: another." }, ...others] };
    assert.equal(
      sharedTable(severalOf([ccm, otherWords])).reasons.length,
      equivalent.explanations.length + 1,
    );
  });
});

describe("the report of several Services on a terminal", () => {
  const plain = severalReport(severalOf([ccm, withOther(different, "shop/lbc")]), { colour: false });
  const lines = plain.split("\n");
  const flat = plain.replaceAll(/[\s│]+/g, " ");

  it("fits on 80 columns, and ends with the verdict", () => {
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.match(flat, /Different: nodeport-\S+ and shop\/lbc\S* ?[^.]*\.$/);
  });

  it("has a column for each Service", () => {
    const heads = lines.slice(lines.findIndex((line) => line.startsWith("┌")));
    assert.match(
      heads
        .slice(0, 6)
        .join(" ")
        .replaceAll(/[\s│]+/g, ""),
      /shop\/ccm.*shop\/lbc/,
    );
  });

  it("says of a pair what is open besides, and what has no effect", () => {
    const opensMore = ["The rule opens more."];
    const unheeded = {
      side: "right",
      service: "shop/lbc",
      place: "annotation",
      name: "example.com/a",
      value: "b",
      why: "no controller reads it",
      gets: null,
      instead: null,
    } as const;
    const report = severalReport(
      severalOf([ccm, { ...withOther(equivalent, "shop/lbc"), opensMore, withoutEffect: [unheeded] }]),
      { colour: false },
    );
    assert.match(report, /More is open than the Services ask for:\n {2}- The rule opens more\.\n/);
    assert.match(report, /shop\/lbc: annotation example\.com\/a/);
  });

  it("says why a Service is different", () => {
    for (const reason of different.verdict.reasons.slice(0, 3))
      assert.ok(flat.includes(reason.slice(0, 40)), reason);
  });
});

/** A different pair and one that is not, of which one Service has the name that HTML would take for markup. */
const mixed = severalOf([ccm, withOther(different, "shop/<b>lbc|")]);

describe("the report of several Services in Markdown", () => {
  const markdown = severalMarkdown(mixed);
  const rowsOf = (text: string): string[][] =>
    text
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split(/(?<!\\)\|/).slice(1, -1));

  it("begins with the verdict of all, then has the verdict of each pair", () => {
    const [title = "", sentence = ""] = markdown.split("\n\n");
    assert.match(title, /^## nodeport-\S+, shop\/ccm, shop\/\\<b>lbc\\\|: different$/);
    assert.match(sentence, /^\*\*Different: /);
    assert.match(markdown, /\n### nodeport-\S+ and shop\/ccm: equivalent\n/);
    assert.match(markdown, /\n### nodeport-\S+ and shop\/\\<b>lbc\\\|: different\n/);
  });

  it("has a row for each aspect, with a column and a verdict for each Service", () => {
    const { rows } = sharedTable(mixed);
    const wide = rowsOf(markdown).filter((cells) => cells.length === 6);
    // Two tables, each with a head and a line below it.
    assert.equal(wide.filter((cells) => !/^ (?:Aspect|-+) /.test(cells[0] ?? "")).length, rows.length);
    const isOpen = markdown.indexOf("### What differs") < markdown.indexOf("<details>");
    assert.ok(isOpen);
  });

  it("says why pairs differ: each reason once, and what is unexplained of a pair", () => {
    for (const { number, why } of sharedTable(mixed).reasons)
      assert.equal(markdown.split(`\n${number}. ${why.slice(0, 20)}`).length, 2, why);
    const [path = assert.fail()] = different.aspects.flatMap(({ differences }) =>
      differences.filter(({ explanation }) => explanation === null).map((each) => each.path),
    );
    assert.ok(markdown.replaceAll("\\", "").includes(path), path);
  });
});

describe("the report of several Services in HTML", function () {
  // esbuild starts with the first page.
  this.timeout(20_000);
  let page: string;

  before(async () => {
    page = await severalHtml(mixed);
  });

  it("has the verdict of all and that of each pair", () => {
    assert.deepEqual(
      [...page.matchAll(/<div class="verdict (\w+)">/g)].map(([, verdict]) => verdict),
      ["different", "equivalent", "different"],
    );
  });

  it("has a row for each aspect, with a mark for each Service but the first", () => {
    const { rows } = sharedTable(mixed);
    const bodies = [...page.matchAll(/<tbody data-verdict="([\w ]+)"[^]*?<\/tbody>/g)];
    assert.equal(bodies.length, rows.length);
    for (const [index, { others }] of rows.entries()) {
      const marks = (bodies[index]?.[0] ?? "").match(/<span class="mark /g) ?? [];
      assert.equal(marks.length, others.filter((cell) => cell !== undefined).length);
    }
  });

  it("finds a row by the worst of its verdicts", () => {
    const { rows } = sharedTable(mixed);
    const found = [...page.matchAll(/<tbody data-verdict="([\w ]+)"/g)].map(([, verdict]) => verdict);
    for (const [index, { others }] of rows.entries())
      if (others.some((cell) => cell?.verdict === "different")) assert.equal(found[index], "different");
    assert.ok(found.includes("same"));
  });

  it("leads from a verdict to its reason", () => {
    const targets = [...page.matchAll(/href="#(reason-\d+)"/g)].map(([, id]) => id);
    assert.ok(targets.length > 0);
    for (const id of targets) assert.ok(page.includes(`id="${id}"`), id);
  });

  it("takes no name for markup", () => {
    assert.ok(!page.includes("<b>lbc"));
    assert.ok(page.includes("&lt;b&gt;lbc|"));
  });
});
