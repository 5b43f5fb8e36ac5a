import assert from "node:assert/strict";
import type { Figures } from "../../../../bench/scale/figures.ts";
import { rulesNeeded } from "../../../../bench/clouds/aws/manyExposures.ts";
import type { Kind } from "../../../../bench/clouds/cloud.ts";
import { kindReport, memoryReport, ratioReport } from "../../../../bench/scale/report.ts";
import { memoryGrowth, scaleResults } from "../../../../bench/scale/result.ts";

const sizes = [1, 10, 50, 200];

/** Two rounds, the second twice as slow: others wanted the machine. */
const figuresOf = (kind: Kind, size: number): Figures[] =>
  [1, 2].map((slowness) => {
    const effort = (seconds: number) => ({ seconds: slowness * seconds, processorSeconds: seconds / 2 });
    const rules = { rules: size, elements: 3 * size };
    return {
      preview: effort(1),
      up: effort((4 + size) * (kind === "NodePortExposure" ? 2 : 1)),
      previewUnchanged: effort(1),
      memory: { total: 1000 + size, byProgram: { etcd: 100, "AWS API": 900 + size } },
      firstAnswer: 0.1,
      lastAnswer: size ** 2,
      kubeProxy: rules,
      balancing: rules,
      firewall: rules,
      account: { "target groups": size, targets: 3 * size },
    };
  });

const results = scaleResults(sizes, figuresOf);
const found = (name: string) => results.find((metric) => metric.name === name) ?? assert.fail(name);

describe("the results of scale", () => {
  it("are medians over the rounds, relative to the smallest size in the same round", () => {
    const { cells } = found("`up`").byKind.NodePortExposure;
    assert.deepEqual(
      cells.map(({ size, value }) => [size, value]),
      [
        [1, 15],
        [10, 42],
        [50, 162],
        [200, 612],
      ],
    );
    assert.deepEqual(cells[1]?.againstSmallest, { ofMedians: 2.8, min: 2.8, max: 2.8 });
  });

  it("compare LoadBalancerExposures with as many NodePortExposures", () => {
    assert.deepEqual(
      found("`up`").kindsRatio.map(({ ofMedians }) => ofMedians),
      [0.5, 0.5, 0.5, 0.5],
    );
  });

  it("distinguish processor time from elapsed time", () =>
    assert.deepEqual(
      found("`up`: processor time").byKind.NodePortExposure.cells.map(({ value }) => value),
      [5, 14, 54, 204],
    ));

  it("name the law by which each metric grows", () => {
    assert.equal(found("`up`").byKind.LoadBalancerExposure.growth.law, "linear");
    assert.equal(found("new pod: first answer").byKind.LoadBalancerExposure.growth.law, "none");
    assert.equal(found("new pod: answers through all").byKind.LoadBalancerExposure.growth.law, "faster");
  });

  it("are reported with values, ratios, units and laws", () => {
    const report = kindReport("NodePortExposure", sizes, results);
    assert.match(report, /^### NodePortExposure$/m);
    assert.match(
      report,
      /^\| `up` +\| +15\.0 s \| +42\.0 s \(× 2\.80\) \| .* \| linear \(exponent 1\.00\), 3\.00 s each +\|$/m,
    );
    assert.match(report, /^\| targets +\| +3 \| +30 \(× 10\.0\) \|/m);
    assert.match(ratioReport(sizes, results), /^\| `up` +\| 0\.50 \| 0\.50 \| 0\.50 \| 0\.50 \|$/m);
  });

  it("list the growth of memory by program, the largest first", () => {
    const kind = "NodePortExposure";
    const growth = memoryGrowth(figuresOf(kind, 1), figuresOf(kind, 50));
    assert.deepEqual(growth, [
      { program: "AWS API", from: 901, to: 950 },
      { program: "etcd", from: 100, to: 100 },
    ]);
    const byKind = { NodePortExposure: growth, LoadBalancerExposure: growth };
    assert.match(memoryReport([1, 50], byKind), /^\| AWS API +\| +901 \| +950 \| +901 \| +950 \|$/m);
  });
});

describe("the rules that many exposures need", () => {
  it("are one for each exposure and two shared by all", () => assert.equal(rulesNeeded(58), 60));
});
