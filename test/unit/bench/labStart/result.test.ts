import assert from "node:assert/strict";
import { startReport, startResults } from "../../../../bench/labStart/result.ts";

const times = new Map([
  [
    "etcd and kube-apiserver",
    [
      { apiServer: 2, ready: 2 },
      { apiServer: 4, ready: 4 },
    ],
  ],
  [
    "the lab",
    [
      { apiServer: 3, ready: 6 },
      { apiServer: 5, ready: 8 },
    ],
  ],
]);

describe("the starts' times", () => {
  const results = startResults(times);

  it("are compared with the first, by medians and within rounds", () => {
    const [first, lab] = results;
    assert.equal(first?.readyRatio.ofMedians, 1);
    assert.deepEqual(lab?.ready, { min: 6, median: 7, max: 8 });
    assert.deepEqual(lab.readyRatio, { ofMedians: 7 / 3, min: 2, max: 3 });
    assert.deepEqual(lab.apiServerRatio, { ofMedians: 4 / 3, min: 1.25, max: 1.5 });
  });

  it("are reported with both times", () =>
    assert.match(
      startReport(results),
      /\| the lab +\| +4\.00 \(3\.00 to 5\.00\) \| +1\.33 \(1\.25 to 1\.50\) \| +7\.00 \(6\.00 to 8\.00\) \| +2\.33 \(2\.00 to 3\.00\) \|/,
    ));
});
