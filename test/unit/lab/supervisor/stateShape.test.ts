import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labFiles } from "../../../../lab/files.ts";
import type { LabPlan } from "../../../../lab/plan.ts";
import { takeOverShape } from "../../../../lab/supervisor/stateShape.ts";

describe("an account that was furnished in another shape", () => {
  let directory: string;

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "state-shape-"))));
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const start = (shape?: string): void => {
    const tools = { root: "", bin: "", cni: "", images: [], python: "", pythonHome: "" };
    const ports = { kubernetes: 1, cloudApi: 2, nodePort: 3, loadBalancer: 4 };
    const given = shape === undefined ? {} : { shape };
    const plan: LabPlan = { checkout: "", directory, kubeconfig: "", ports, timeScale: 1, tools, ...given };
    takeOverShape(plan, labFiles(directory));
  };

  it("stays as it is: the error names both shapes and what to do", () => {
    start("kops");
    start("kops");
    assert.throws(() => start(), {
      message:
        "the lab's account was furnished in the shape kops, and lab:shape asks for usual. Set lab:shape to kops, or begin anew: npm run lab -- down; rm -rf .lab .pulumi",
    });
  });

  it("has the usual one if it keeps no record", () => {
    mkdirSync(join(labFiles(directory).state, "etcd"), { recursive: true });
    assert.throws(() => start("kops"), /furnished in the shape usual,/);
    start();
  });
});
