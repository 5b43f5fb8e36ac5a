import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { htmlReport } from "../../../../../comparison/report/html/page.ts";
import type { Comparison } from "../../../../../comparison/result/comparison.ts";
import { coded, html, linked } from "../../../../../comparison/report/html/template.ts";
import * as examples from "../example.ts";
import { unpriced } from "../example/teaching.ts";

describe("markup", () => {
  it("escapes a value, in an element and in an attribute", () => {
    assert.equal(
      html`<p title="${'"><script>'}">${"<b>'&"}</p>`.text,
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&#39;&amp;</p>',
    );
  });

  it("keeps markup, and lists of markup", () => {
    assert.equal(
      html`<b>${[html`<i>${1}</i>`, html`<i>${"<"}</i>`]}</b>`.text,
      "<b><i>1</i>\n<i>&lt;</i></b>",
    );
  });

  it("shows text in backticks as code", () => {
    assert.equal(coded("at `a <b>`, then").text, "at <code>a &lt;b&gt;</code>, then");
  });

  it("turns web addresses into links, and nothing else", () => {
    assert.equal(
      linked("https://example.com/a?b&c (see x)").text,
      '<a href="https://example.com/a?b&amp;c">https://example.com/a?b&amp;c</a> (see x)',
    );
    assert.equal(linked("javascript:alert(1)").text, "javascript:alert(1)");
    assert(!linked('https://x/"onclick="y').text.includes('"onclick'));
  });
});

describe("the HTML report", function () {
  // Graphviz and esbuild start with the first page.
  this.timeout(20_000);

  it("names the cluster's Kubernetes, if that is known", async () => {
    const kubernetes = { version: "v1.36.3", kubelets: ["v1.36.3"], proxyModes: ["iptables"] };
    assert.match(
      await htmlReport({ ...examples.equivalent, kubernetes }),
      /UTC\)\. Kubernetes v1\.36\.3, kube-proxy in iptables mode\.\s/,
    );
  });

  it("holds everything in one file", async () => {
    const page = await htmlReport(examples.different);
    const { verdict, opensMore, aspects, statements, explanations, limits, cost, scenarios } =
      examples.different;
    const texts = [
      verdict.sentence,
      ...verdict.reasons,
      ...opensMore,
      ...aspects.flatMap(({ title, left, right }) => [title, left, right]),
      ...statements.flatMap(({ statement, why }) => [statement, why]),
      ...explanations.flatMap(({ why, affects }) => [why, affects]),
      ...limits,
      ...cost.notes,
      ...scenarios.flatMap(({ title, timelines = [] }) => [
        title,
        ...timelines.map((timeline) => timeline.title),
      ]),
    ];
    for (const text of texts) assert(page.includes(html`${text}`.text), text);
    assert.doesNotMatch(page, /<(link|img|script|iframe)[^>]* (src|href)="(?!data:)/);
  });

  it("shows the notes in the place of prices that a cloud does not have", async () => {
    const page = await htmlReport({ ...examples.equivalent, cost: unpriced });
    for (const note of unpriced.notes) assert(page.includes(`<li>${note}</li>`), note);
    assert.doesNotMatch(page, /Prices as of|By number of Services|Dollars per month/);
    assert.match(await htmlReport(examples.equivalent), /Prices as of 2026-11-20: us-west-2/);
  });

  it("lets no value of a comparison become markup", async () => {
    const hostile = JSON.parse(
      JSON.stringify(examples.different, (key, value: unknown) =>
        typeof value === "string" && !enumerated.has(key) ? `</style><script>${value}"'` : value,
      ),
    ) as Comparison;
    const page = await htmlReport(hostile);
    // The page has one script and one style, both its own; pictures have none.
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.equal(page.match(/<\/style/g)?.length, 1);
  });

  it("has a colour and a sign for each verdict, and a colour for each owner", () => {
    const directory = "comparison/report/";
    const style = readFileSync(`${directory}html/style.css`, "utf8");
    for (const mark of ["same", "equivalent", "different", "unknown"]) {
      assert(style.includes(`.${mark}.mark::before`), mark);
    }
    const colours = readFileSync(`${directory}picture/style.css`, "utf8");
    for (const owner of ["program", "cloud-controller", "kubernetes"]) {
      assert(colours.includes(`.owner-${owner}.node`), owner);
    }
  });
});

/** Fields with fixed sets of values. */
const enumerated = new Set([
  "schema",
  "basis",
  "made",
  "kind",
  "verdict",
  "section",
  "side",
  "outcome",
  "owner",
  "saidBy",
  // Keys of the picture and of explanations.
  "id",
  "from",
  "to",
  "within",
  "explanation",
]);
