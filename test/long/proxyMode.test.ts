/** kube-proxy's other mode: what the lab and the comparison say does not depend on it. */
import assert from "node:assert/strict";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

describe("kube-proxy in iptables mode", function () {
  this.timeout(minutes(5));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:proxyMode", "iptables");
  });
  after(async function () {
    this.timeout(minutes(1));
    await project.remove();
  });

  it("leads both ways alike, as its rules and the quick scenarios show", async () => {
    const report = await project.succeed("start");
    assert.match(report, /^│ kube-proxy's mode +│ iptables +│ = /m);
    assert.match(report, /^│ at the node port +│ TCP \d+ to 3 pods, /m);
    assert.match(report, /^Equivalent: .*, 0 unexplained;$/m);
    // Each quick scenario went as documented.
    const quick = /^What happens to traffic\n(?<scenarios>(?: {2,}.*\n)+)/m.exec(report)?.groups?.scenarios;
    const marks = quick?.match(/^ {2}\S(?= )/gm) ?? [];
    assert.deepEqual([...new Set(marks)], ["  ="], quick);
  });
});
