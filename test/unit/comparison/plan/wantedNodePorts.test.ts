import assert from "node:assert/strict";
import { wantedNodePorts } from "../../../../comparison/plan/wantedNodePorts.ts";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";

const resource = (name: string, spec: object, type = "kubernetes:core/v1:Service"): PlannedResource => ({
  urn: `urn:${name}`,
  type,
  name,
  custom: true,
  inputs: { spec },
  dependencies: {},
});

describe("the node ports that a plan fixes", () => {
  it("are those of every Service that fixes one, also for health checks, whatever else the Service has", () => {
    const services = [
      resource("a", { ports: [{ nodePort: 30080 }, { nodePort: 30081 }, {}], notKnownHere: true }),
      resource("b", { ports: [{ port: 80 }] }),
      resource("c", { ports: [{ port: 80 }], healthCheckNodePort: 30090 }),
      resource("d", { ports: [{ nodePort: 30099 }] }, "kubernetes:apps/v1:Deployment"),
    ];
    assert.deepEqual(wantedNodePorts(services), [
      { name: "a", nodePorts: [30080, 30081] },
      { name: "c", nodePorts: [30090] },
    ]);
  });
});
