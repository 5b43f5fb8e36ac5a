/** All scenarios on a lab of their own, as `npm run verify` runs them. */
import assert from "node:assert/strict";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { Project } from "../live/project.ts";

/** A scenario is repeated where the machine was too busy to tell what was lost. */
export const verifyMinutes = 70;

/** @returns the results by scenario */
export async function verifiedOn(
  configuration: Readonly<Record<string, string | boolean>>,
): Promise<ReadonlyMap<string, ScenarioResult>> {
  const project = await Project.make();
  try {
    for (const [key, value] of Object.entries(configuration)) project.configure(key, value);
    await project.succeed("lab", "up");
    const { stdout, stderr } = await project.run("verify", "--json");
    assert.match(stdout, /^\{/, `${stdout}\n${stderr}`);
    const { scenarios } = JSON.parse(stdout) as { readonly scenarios: readonly ScenarioResult[] };
    return new Map(scenarios.map((result) => [result.id, result]));
  } finally {
    await project.remove();
  }
}

export function assertAsDocumented(result: ScenarioResult | undefined): void {
  assert.ok(result !== undefined, "it did not run");
  assert.equal(result.failure, null);
  assert.notEqual(result.findings.length, 0);
  const amiss = result.findings.filter(({ verdict }) => !["same", "as documented"].includes(verdict));
  assert.deepEqual(amiss, []);
}
