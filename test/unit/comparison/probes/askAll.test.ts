import assert from "node:assert/strict";
import { answered } from "../../../../comparison/probes/asked.ts";
import { askAll } from "../../../../comparison/probes/askAll.ts";
import type { Askable } from "../../../../comparison/probes/askAll.ts";
import { run } from "../statements/run.ts";

const { facts } = run();
const never = () => Promise.reject(new Error("nobody may be asked"));
const silent: Askable = { createInDryRun: never, metrics: never, events: never, nodePorts: never };

describe("asking all", () => {
  it("asks nothing in a plan", async () => {
    const probes = await askAll({ ...facts, basis: "planned" }, silent);
    assert.deepEqual(probes.allocator, { kind: "not asked", reason: "nothing is deployed in a plan" });
    assert.deepEqual(probes.nodePorts, { left: [], right: [] });
  });

  it("has an outcome for every probe if nothing answers", async () => {
    const failed = { kind: "failed", reason: "nobody may be asked" };
    const probes = await askAll(facts, silent);
    assert.deepEqual(probes.dryRuns.udp, failed);
    assert.deepEqual(probes.allocator, failed);
    assert.deepEqual(probes.events.left, failed);
    assert.deepEqual(
      probes.nodePorts.right.map(({ node, port, outcome }) => [node, port, outcome]),
      [
        ["node-a", 32002, failed],
        ["node-b", 32002, failed],
      ],
    );
  });

  it("asks the client once for both sides, and gives each its own answers", async () => {
    let times = 0;
    const probes = await askAll(facts, {
      ...silent,
      nodePorts: (targets) => {
        times += 1;
        return Promise.resolve(
          targets.map((target) => ({ ...target, outcome: answered({ pod: null, clientAddress: null }) })),
        );
      },
    });
    assert.equal(times, 1);
    assert.deepEqual(
      [probes.nodePorts.left, probes.nodePorts.right].map((side) => side.map(({ port }) => port)),
      [
        [32001, 32001],
        [32002, 32002],
      ],
    );
  });

  it("asks for the node port that each Service has, and for the events of each", async () => {
    const requested: (number | undefined)[] = [];
    const services: string[] = [];
    await askAll(facts, {
      ...silent,
      createInDryRun: (request) => {
        requested.push(request.spec?.ports?.[0]?.nodePort);
        return Promise.resolve(request);
      },
      events: (namespace, name) => {
        services.push(`${namespace}/${name}`);
        return Promise.resolve([]);
      },
    });
    assert.deepEqual(requested.filter(Boolean), [32001, 32002]);
    assert.deepEqual(services, ["app/ours", "app/theirs"]);
  });
});
