import assert from "node:assert/strict";
import type { Comparison } from "../../../../comparison/result/comparison.ts";
import { htmlReport } from "../../../../comparison/report/html/page.ts";
import { markdownReport } from "../../../../comparison/report/markdown.ts";
import { notesOf } from "../../../../comparison/report/notes.ts";
import { terminalReport } from "../../../../comparison/report/terminal/report.ts";
import { equivalent } from "./example.ts";

const noted: Comparison = {
  ...equivalent,
  withoutEffect: [
    {
      side: "right",
      service: "web/cloud",
      place: "annotation",
      name: "aws-load-balancer-scheme",
      value: "internal",
      why: "no controller reads it",
      gets: "it is public",
      instead: "aws-load-balancer-internal",
    },
  ],
  warnings: [
    {
      side: "right",
      service: "web/cloud",
      reason: "SyncLoadBalancerFailed",
      message: "no <subnet> is suitable",
      times: 2,
      last: "2026-11-24T03:40:12.000Z",
    },
  ],
};

describe("the sections that are lists of sentences", () => {
  it("are left out if there is nothing to say", () => {
    assert.deepEqual(notesOf(equivalent), []);
  });

  it("have annotations without effect, and the last warnings about the Services", () => {
    assert.deepEqual(notesOf(noted), [
      {
        id: "without-effect",
        title: "Without effect",
        lines: [
          'web/cloud: annotation aws-load-balancer-scheme "internal": no controller reads it; it is public; use aws-load-balancer-internal',
        ],
      },
      {
        id: "warnings",
        title: "Last warnings about the Services",
        lines: [
          "web/cloud: SyncLoadBalancerFailed: no <subnet> is suitable (2 times, last at 2026-11-24 03:40 UTC)",
        ],
      },
    ]);
  });

  it("have how many rules of each group are used and allowed", () => {
    const level = { used: 37, allowed: 60, what: "inbound rules", source: "https://a.example" };
    const fillLevels = [
      { ...level, group: "sg-1", isLeast: false },
      { ...level, group: "sg-2", isLeast: true },
    ];
    assert.deepEqual(notesOf({ ...equivalent, fillLevels }), [
      {
        id: "fill-levels",
        title: "Firewall rules, used and allowed",
        lines: ["sg-1: 37 of 60 inbound rules", "sg-2: at least 37 of 60 inbound rules"],
      },
    ]);
  });

  it("are in every report that a person reads, as text", async () => {
    const terminal = terminalReport(noted, { colour: false });
    assert.match(
      terminal,
      /^Last warnings about the Services\n {2}- web\/cloud: SyncLoadBalancerFailed: no/m,
    );
    assert.match(terminal, /^Without effect\n {2}- web\/cloud: annotation aws-load-balancer-scheme/m);
    const page = await htmlReport(noted);
    assert.match(page, /<h2 id="without-effect">Without effect<\/h2>/);
    assert.match(page, /<h2 id="warnings">Last warnings about the Services<\/h2>/);
    assert.ok(page.includes("no &lt;subnet&gt; is suitable"));
    assert.match(markdownReport(noted), /^### Last warnings about the Services\n\n- web\/cloud: Sync/m);
  });
});
