/** The Kubernetes objects that the program declares, as manifests, judged by checkov. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { planStack } from "../../cli/plannedStack.ts";
import type { PlannedResource } from "../../comparison/plan/monitor.ts";
import { run } from "../../lab/tools/command.ts";
import { answers } from "../checkov/answers.ts";
import { buildTimeout } from "../live/tools.ts";
import { pythonEnvironment } from "../python/environment.ts";

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

interface Report {
  readonly results: Readonly<Record<"passed_checks" | "failed_checks" | "skipped_checks", readonly Check[]>>;
  readonly summary: { readonly parsing_errors: number };
}

/** A plan has no names: the provider makes them of the resources' names. */
const manifestOf = ({ name, inputs }: PlannedResource): object => ({
  ...inputs,
  metadata: { name, ...(inputs.metadata as object) },
});

const kinds = ["Deployment", "Namespace", "PodDisruptionBudget", "Service"];

describe("checkov", function () {
  this.timeout(120_000);
  let directory: string;
  let python: string;
  let manifests: readonly object[];

  async function judged(objects: readonly object[]): Promise<Report> {
    const file = join(directory, "manifests.yaml");
    writeFileSync(file, objects.map((each) => stringify(each)).join("---\n"));
    const words = ["--framework", "kubernetes", "--skip-download", "--compact", "--output", "json"];
    const answer = await run(python, ["-m", "checkov.main", "--file", file, "--soft-fail", ...words], {
      // Otherwise it asks its maker's server for descriptions.
      env: { ...process.env, BC_SKIP_MAPPING: "TRUE" },
    });
    return JSON.parse(answer) as Report;
  }

  before(async function () {
    this.timeout(buildTimeout);
    const requirements = resolve(import.meta.dirname, "../checkov/requirements.txt");
    python = join(await pythonEnvironment("checkov", requirements), "bin/python3");
    directory = mkdtempSync(join(tmpdir(), "checkov-"));
    const { declared } = await planStack("eks");
    manifests = declared.filter(({ type }) => type.startsWith("kubernetes:")).map(manifestOf);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("sees the objects of both ways", () => {
    const seen = manifests.map((each) => (each as { readonly kind: string }).kind).sort();
    assert.deepEqual(
      seen,
      kinds.flatMap((kind) => [kind, kind]),
    );
  });

  it("finds only what has an answer, and everything that has one", async () => {
    const { results, summary } = await judged(manifests);
    assert.equal(summary.parsing_errors, 0);
    assert.deepEqual(results.skipped_checks, []);
    assert.ok(results.passed_checks.length > 100, `${results.passed_checks.length} checks passed`);
    const found = new Map(results.failed_checks.map((check) => [check.check_id, check.check_name]));
    const answered = Object.entries(answers).map(([id, { finding }]) => [id, finding] as const);
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(answered));
  });

  it("would find a container that may do more", async () => {
    const privileged = manifests.map((each) => {
      const text = JSON.stringify(each).replace('"allowPrivilegeEscalation":false', '"privileged":true');
      return JSON.parse(text) as object;
    });
    const { results } = await judged(privileged);
    const ids = results.failed_checks.map(({ check_id }) => check_id);
    assert.ok(ids.includes("CKV_K8S_16") && ids.includes("CKV_K8S_20"), ids.join());
  });
});
