import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeOverState } from "../../../../lab/cluster/stateVersion.ts";
import { labFiles } from "../../../../lab/files.ts";
import type { KubernetesVersion } from "../../../../lab/kubernetesVersions.ts";
import type { LabPlan } from "../../../../lab/plan.ts";

describe("a cluster that was made with another version of Kubernetes", () => {
  let directory: string;

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "state-version-"))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const start = (kubernetesVersion?: KubernetesVersion): void => {
    const tools = { root: "", bin: "", cni: "", images: [], python: "", pythonHome: "" };
    const ports = { kubernetes: 1, cloudApi: 2, nodePort: 3, loadBalancer: 4 };
    const given = kubernetesVersion === undefined ? {} : { kubernetesVersion };
    const plan: LabPlan = { checkout: "", directory, kubeconfig: "", ports, timeScale: 1, tools, ...given };
    takeOverState(plan, labFiles(directory));
  };

  it("goes on with the same version, and with one after the other", () => {
    for (const version of ["1.34", "1.34", "1.35", undefined, "1.36", "1.36"] as const) start(version);
  });

  it("does not go back, nor skip a version: the error names both versions and what is allowed", () => {
    start("1.36");
    assert.throws(() => start("1.34"), {
      message:
        "the lab's cluster was made with Kubernetes 1.36, and lab:kubernetesVersion asks for 1.34: Kubernetes does not read what a newer version wrote. Set lab:kubernetesVersion to 1.36, or begin anew: npm run lab -- down; rm -rf .lab .pulumi",
    });
    rmSync(labFiles(directory).state, { recursive: true });
    start("1.34");
    assert.throws(
      () => start("1.36"),
      /skips no minor version\. Set lab:kubernetesVersion to 1\.34 or 1\.35,/,
    );
    start("1.35");
  });

  it("was made with the usual one if it keeps no record", () => {
    mkdirSync(join(labFiles(directory).state, "etcd"), { recursive: true });
    assert.throws(() => start("1.34"), /was made with Kubernetes 1\.35,/);
    start("1.36");
  });
});
