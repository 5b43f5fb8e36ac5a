/**
 * Every scenario on a lab of its own: both ways under traffic, failure and change, as documented.
 * Proves nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import type { ScenarioResult } from "../../comparison/report/scenarioSchema.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools } from "./tools.ts";

/**
 * Those whose runs have been seen to agree. The others are tried by `npm run verify`, and come here when theirs do: a test that fails by chance says nothing.
 */
const steady = [
  "answers",
  "spread",
  "client-address",
  "hairpin",
  "udp",
  "change-node-port",
  "change-policy",
  "change-type",
];

const minutes = (count: number): number => count * 60_000;

describe("both ways, as npm run verify tries them,", function () {
  let project: Project;
  let results: readonly ScenarioResult[] = [];
  let printed = "";

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
  });

  before(async function () {
    this.timeout(minutes(30));
    await project.succeed("lab", "up");
    const { stdout, stderr } = await project.run(
      "verify",
      "--json",
      ...steady.flatMap((id) => ["--scenario", id]),
    );
    printed = `${stdout}\n${stderr}`;
    results = (JSON.parse(stdout) as { readonly scenarios: readonly ScenarioResult[] }).scenarios;
  });

  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  for (const { id, question } of scenarios.filter((each) => steady.includes(each.id))) {
    it(`are as documented: ${question}`, () => {
      const result = results.find((each) => each.id === id);
      assert.ok(result !== undefined, printed);
      assert.equal(result.failure, null);
      assert.notEqual(result.findings.length, 0);
      const amiss = result.findings.filter(({ verdict }) => !["same", "as documented"].includes(verdict));
      assert.deepEqual(amiss, []);
    });
  }
});
