/** The other versions of Kubernetes: what the lab and the comparison say does not depend on them. */
import assert from "node:assert/strict";
import { otherVersions } from "../../lab/kubernetesVersions.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** What 1.35 does with its cluster. */
const goesOn = {
  "1.34": { starts: true, what: "goes on as 1.35", says: /^/ },
  "1.36": {
    starts: false,
    what: "as 1.35",
    says: /cluster was made with Kubernetes 1\.36, .* newer version wrote/,
  },
} as const;

for (const version of otherVersions) {
  describe(`Kubernetes ${version}`, function () {
    this.timeout(minutes(5));
    let project: Project;

    before(async function () {
      this.timeout(buildTimeout);
      await liveTools(version);
      project = await Project.make();
      project.configure("lab:kubernetesVersion", version);
    });
    after(async function () {
      this.timeout(minutes(1));
      await project.remove();
    });

    it("leads both ways alike, as its rules and the quick scenarios show", async () => {
      const report = await project.succeed("start");
      const [, found] = /^Kubernetes v(\d+\.\d+)\.\d+, kube-proxy in nftables mode\.$/m.exec(report) ?? [];
      assert.equal(found, version, report);
      assert.match(report, /^│ at the node port +│ TCP \d+ to 3 pods, /m);
      // The controller made what the model predicts of this release.
      assert.match(report, /^ {2}\S+: right, \d+ values checked: /m);
      assert.match(report, /^Equivalent: .*, 0 unexplained;$/m);
      // Each quick scenario went as documented.
      const quick = /^What happens to traffic\n(?<scenarios>(?: {2,}.*\n)+)/m.exec(report)?.groups?.scenarios;
      const marks = quick?.match(/^ {2}\S(?= )/gm) ?? [];
      assert.deepEqual([...new Set(marks)], ["  ="], quick);
    });

    it(`is refused as 1.35 while its lab runs, and ${goesOn[version].what} after that`, async () => {
      project.configure("lab:kubernetesVersion", "1.35");
      const running = await project.run("lab", "up");
      assert.match(
        running.stderr,
        new RegExp(`the lab runs Kubernetes ${version}, and lab:kubernetesVersion asks for 1\\.35;`),
      );
      await project.succeed("lab", "down");
      const { status, stderr } = await project.run("lab", "up");
      assert.match(stderr, goesOn[version].says);
      assert.equal(status === 0, goesOn[version].starts, stderr);
    });
  });
}
