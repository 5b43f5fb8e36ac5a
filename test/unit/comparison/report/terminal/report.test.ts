import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Comparison } from "../../../../../comparison/result/comparison.ts";
import { terminalReport } from "../../../../../comparison/report/terminal/report.ts";
import * as examples from "../example.ts";
import { unpriced } from "../example/teaching.ts";

const texts = new Map<Comparison, string>();
/** Each comparison is rendered once. */
function plain(comparison: Comparison): string {
  const text = texts.get(comparison) ?? terminalReport(comparison, { colour: false });
  texts.set(comparison, text);
  return text;
}
/** On one line, for text that may be wrapped anywhere. */
const flat = (comparison: Comparison): string => plain(comparison).replaceAll(/[\s│]+/g, " ");

describe("the report on a terminal", () => {
  const { equivalent, different, incomplete, planned } = examples;

  it("names the cluster's Kubernetes, if that is known", () => {
    const kubernetes = { version: "v1.36.3", kubelets: ["v1.36.3"], proxyModes: ["iptables"] };
    assert.match(
      plain({ ...equivalent, kubernetes }),
      /^Measured: .*\(2026-11-24 03:40 UTC\)\.\nKubernetes v1\.36\.3, kube-proxy in iptables mode\.$/m,
    );
    assert.doesNotMatch(plain(equivalent), /^Kubernetes v/m);
  });

  it("shows the notes in the place of prices that a cloud does not have", () => {
    const text = flat({ ...equivalent, cost: unpriced });
    for (const note of unpriced.notes) assert.ok(text.includes(note), note);
    assert.doesNotMatch(text, /prices as of/);
    assert.match(flat(equivalent), /prices as of 2026-11-20: us-west-2/);
  });

  for (const [name, comparison] of Object.entries(examples)) {
    it(`begins and ends with the verdict and fits on 80 columns: ${name}`, () => {
      const lines = plain(comparison).split("\n");
      assert.deepEqual(
        lines.filter((line) => line.length > 80),
        [],
      );
      const start = comparison.verdict.sentence.slice(0, 40);
      assert(lines[0]?.startsWith(start));
      assert(flat(comparison).endsWith(comparison.verdict.sentence));
    });
  }

  it("fits on a narrow terminal", () => {
    const lines = terminalReport(equivalent, { colour: false, columns: 50 }).split("\n");
    assert.equal(Math.max(...lines.map((line) => line.length)), 50);
  });

  it("fits on 80 columns whatever the values are", () => {
    const long = JSON.parse(
      JSON.stringify(equivalent).replaceAll(
        /"(left|right|title|service|reason)":"[^"]*"/g,
        `"$1":"${"x".repeat(90)}"`,
      ),
    ) as Comparison;
    assert.equal(
      Math.max(
        ...plain(long)
          .split("\n")
          .map((line) => line.length),
      ),
      80,
    );
  });

  it("lists what the comparison does not show, only the first few if the list is long", () => {
    for (const limit of equivalent.limits) assert(flat(equivalent).includes(limit));
    const limits = Array.from({ length: 20 }, (_, index) => `The ${index}th thing.`);
    const text = plain({ ...equivalent, limits });
    assert.match(
      text,
      /The 0th thing\.\n.*The 1th thing\.\n.*The 2th thing\.\n.*17 more, listed in the longer reports/,
    );
    assert(!text.includes("The 3th thing"));
  });

  it("shows every aspect and every numbered reason", () => {
    const text = flat(equivalent);
    const words = equivalent.aspects.flatMap(({ title }) => title.split(" "));
    for (const word of words) assert(text.includes(word), word);
    assert.match(text, /finalizers none service\.kubernetes\.io\/ \[4\]/);
    assert.match(plain(equivalent), /^\[4\] {2}A finalizer keeps/m);
  });

  it("begins with differences without an explanation", () => {
    const [before = ""] = plain(different).split("┌");
    assert.match(
      before,
      /\(!\) loadBalancer \/ targetGroups .*\n +intervalSeconds\n +NodePort \+ own NLB: 30\n +LoadBalancer: 10/,
    );
    assert.doesNotMatch(plain(different), /tags-of-the-controller/);
  });

  it("shows at most ten reasons, and says how many more there are", () => {
    const reasons = Array.from({ length: 13 }, (_, index) => `reason number ${index + 1}.`);
    const text = plain({ ...different, verdict: { ...different.verdict, reasons } });
    assert.match(text, /reason number 10\.\n {2}- and 3 more, listed in the longer reports/);
    assert.doesNotMatch(text, /reason number 11/);
  });

  it("shows rules that open more beside the verdict, and nothing where there are none", () => {
    assert.match(
      flat(different),
      /More is open than the Services ask for - The rule "tcp 30000-32767 from 10\.0\.0\.0\/8" in sg-1 opens/,
    );
    assert.doesNotMatch(plain(equivalent), /^More is open/m);
  });

  it("shows wrong predictions and failed requests", () => {
    assert.match(flat(different), /predicted 30, found 10/);
    assert.match(flat(different), /\(!\) LoadBalancer: 3 of 200 requests failed: connection refused/);
  });

  it("names only the sources that did not answer or do not exist here", () => {
    assert.match(plain(incomplete), /\? EC2 API unreachable: not permitted: ec2:DescribeSecurityGroupRules/);
    assert.match(
      plain(incomplete),
      /- nodes' rules unavailable: the nodes' rule sets can be read in the lab only/,
    );
    assert.doesNotMatch(plain(incomplete), /DNS known/);
    assert.doesNotMatch(plain(equivalent), /^Missing sources$/m);
  });

  it("names a source once if both sides had the same outcome", () => {
    const row = { source: "plan: endpoints", outcome: "unavailable", reason: "pods run later" } as const;
    const sources = [
      { ...row, side: "left" as const },
      { ...row, side: "right" as const },
      { ...row, side: "right" as const, reason: "no such Service" },
    ];
    assert.match(
      plain({ ...planned, sources }),
      /^Missing sources\n {2}- plan: endpoints unavailable: pods run later\n {2}- LoadBalancer: plan: endpoints unavailable: no such Service\n\n/m,
    );
  });

  it("refers to the longer reports for who does what", () => {
    assert.match(flat(equivalent), /The longer reports \(--html FILE, --markdown\) add who creates, /);
    assert.doesNotMatch(plain(equivalent), /kube-apiserver/);
  });

  it("lists claims that this run did not test in one paragraph", () => {
    const silent = equivalent.statements.filter(({ evidence }) => evidence === null);
    const text = flat(equivalent);
    const [, gathered = ""] = text.split("not tried in this run: ");
    for (const { statement } of silent) assert(gathered.includes(statement), statement);
  });

  it("shows the verdict on each claim, and the evidence of this run", () => {
    const text = flat(equivalent);
    assert.match(
      text,
      /false by default: "With LoadBalancer no port is reserved on the nodes\." \(answer 2\) here: /,
    );
    assert.match(text, /here: node port 32565 is reserved for loadbalancer/);
    assert.match(flat(different), /node port 32565 does not answer on node-b: this contradicts the verdict/);
  });

  it("shows no table of requests if none were sent", () => {
    assert.match(plain(equivalent), /^Requests through both load balancers$/m);
    assert.doesNotMatch(plain(planned), /^Requests through both load balancers$/m);
  });

  it("has colour only on request, and the same text with it", () => {
    const coloured = terminalReport(equivalent, { colour: true });
    assert(!plain(equivalent).includes("\u001b"));
    assert(coloured.startsWith("\u001b["));
    assert.equal(stripVTControlCharacters(coloured), plain(equivalent));
  });

  it("passes no control characters from values to the terminal", () => {
    const hostile = { ...equivalent, left: { ...equivalent.left, service: "a/\u001b[31mred" } };
    assert(!plain(hostile).includes("\u001b"));
  });
});
