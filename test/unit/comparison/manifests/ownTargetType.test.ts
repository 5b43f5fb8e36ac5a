/** What the targets are, in the program that is printed for a manifest of the AWS Load Balancer Controller. */
import assert from "node:assert/strict";
import { judgedByLbc } from "./judgedByLbc.ts";

const pods = { "nlb-target-type": "ip" };
const tcp = "{ name: t, port: 80, targetPort: 8080 }";
const udp = "{ name: u, port: 53, targetPort: 5353, protocol: UDP }";

describe("the targets of the printed program", () => {
  it("are pods where the controller's are, whom it registers", async () => {
    const { own } = await judgedByLbc(pods);
    assert.deepEqual(
      [own?.arguments.targetType, own?.arguments.targetGroupBinding, own?.verdict],
      ["ip", {}, "equivalent"],
    );
    assert.doesNotMatch(own?.reasons.join("\n") ?? "", /node port/);
  });

  it("have a name that is short enough for the target groups of pods", async () => {
    const { own } = await judgedByLbc(pods, "  ports: [{ port: 15021, targetPort: 15021 }]");
    assert.notEqual(own?.verdict, "refused", own?.reasons.join("\n"));
  });

  it("are nodes where the controller's are", async () => {
    const { own } = await judgedByLbc({ "nlb-target-type": "instance" });
    assert.equal(own?.arguments.targetType, undefined);
    assert.equal(own?.arguments.targetGroupBinding, undefined);
  });

  it("are nodes where the pods' port has only a name, and the difference is named", async () => {
    const { own } = await judgedByLbc(pods, "  ports: [{ port: 80, targetPort: http }]");
    assert.equal(own?.arguments.targetType, undefined);
    assert.match(own?.reasons.join("\n") ?? "", /port 80: TCP, to the pods' port .* to the node port by TCP/);
  });

  it("are pods that are checked at a TCP port, where the controller checks a UDP port in vain", async () => {
    const { own } = await judgedByLbc(pods, `  ports: [${tcp}, ${udp}]`);
    assert.equal(own?.arguments.targetType, "ip");
    assert.equal(own.verdict, "different");
    assert.match(own.reasons.join("\n"), /port 53: health check: .* TCP at port 8080 of the pods/);
  });

  it("are nodes, which kube-proxy answers for, where the pods have only UDP ports", async () => {
    const { own } = await judgedByLbc(pods, `  ports: [${udp}]`);
    assert.equal(own?.arguments.targetType, undefined);
    assert.match(own?.program ?? "", /port: 10256/);
  });

  it("are pods with only UDP ports that are checked at a port of their own", async () => {
    const { own } = await judgedByLbc({ ...pods, "healthcheck-port": "8080" }, `  ports: [${udp}]`);
    assert.deepEqual([own?.arguments.targetType, own?.verdict], ["ip", "equivalent"]);
  });
});
