import assert from "node:assert/strict";
import { allocatorOf } from "../../../../comparison/probes/allocator.ts";

const prefix = "kube_apiserver_nodeport_allocator_";
const metrics = `# HELP ${prefix}allocated_ports [ALPHA] Gauge measuring the number of allocated NodePorts for Services
# TYPE ${prefix}allocated_ports gauge
${prefix}allocated_ports 3
${prefix}allocation_total{scope="dynamic"} 4
${prefix}allocation_total{scope="static"} 1
${prefix}available_ports 2765
`;

describe("the allocator of node ports", () => {
  it("says how many there are and who chose those in use", () => {
    assert.deepEqual(allocatorOf(metrics), {
      allocated: 3,
      available: 2765,
      chosenByServer: 4,
      namedByUser: 1,
    });
  });

  it("has counted no allocation of a kind that its metrics do not have", () => {
    const without = metrics
      .split("\n")
      .filter((line) => !line.includes("scope="))
      .join("\n");
    assert.equal(allocatorOf(without).chosenByServer, 0);
    assert.equal(allocatorOf(without).namedByUser, 0);
  });

  it("is unknown before the first allocation since the API server's start, when all is 0", () => {
    assert.throws(
      () => allocatorOf(metrics.replace(/_ports \d+$/gm, "_ports 0")),
      /has not allocated or released any node port since it started/,
    );
  });

  it("is unknown if the metrics lack it", () => {
    assert.throws(
      () => allocatorOf("# nothing\n"),
      /has no kube_apiserver_nodeport_allocator_allocated_ports/,
    );
  });
});
