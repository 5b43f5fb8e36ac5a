import assert from "node:assert/strict";
import { askDryRuns } from "../../../../comparison/probes/dryRuns.ts";
import type { ServiceRequest } from "../../../../comparison/probes/dryRuns.ts";

/** Says no as the Kubernetes client does. */
class Refusal extends Error {
  readonly code: number;
  readonly body: unknown;
  constructor(code: number, body: unknown) {
    super(`HTTP-Code: ${code}`);
    this.code = code;
    this.body = body;
  }
}

const none = { left: undefined, right: undefined };
const echo = (request: ServiceRequest): Promise<ServiceRequest> => Promise.resolve(request);
const says = (code: number, body: unknown) => () => Promise.reject(new Refusal(code, body));

describe("dry runs", () => {
  it("ask for one Service of each kind, under a name that nothing has yet", async () => {
    const requests: ServiceRequest[] = [];
    await askDryRuns(
      (request) => {
        requests.push(request);
        return echo(request);
      },
      { left: 30080, right: 31000 },
    );
    for (const { metadata } of requests) assert.deepEqual(metadata, { generateName: "dry-run-" });
    assert.deepEqual(
      requests.map(({ spec }) => spec),
      [
        { type: "NodePort", ports: [http] },
        { type: "LoadBalancer", ports: [http] },
        { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [http] },
        { type: "LoadBalancer", ports: [{ name: "dns", port: 53, protocol: "UDP" }] },
        {
          type: "LoadBalancer",
          ports: [
            { name: "dns", port: 53, protocol: "UDP" },
            { name: "dns-tcp", port: 53, protocol: "TCP" },
          ],
        },
        { type: "NodePort", ports: [{ ...http, nodePort: 30080 }] },
        { type: "NodePort", ports: [{ ...http, nodePort: 31000 }] },
      ],
    );
  });

  it("tell whether there is a node port, and not its value, which is a placeholder", async () => {
    const given = (nodePort?: number) => () =>
      Promise.resolve({
        spec: { type: "NodePort", ports: [{ port: 80, protocol: "TCP", ...(nodePort && { nodePort }) }] },
      });
    const ports = async (nodePort?: number) => (await askDryRuns(given(nodePort), none)).nodePortOmitted;
    assert.deepEqual(await ports(32769), {
      kind: "answered",
      answer: { type: "NodePort", ports: [{ protocol: "TCP", port: 80, hasNodePort: true }] },
    });
    assert.deepEqual(await ports(), {
      kind: "answered",
      answer: { type: "NodePort", ports: [{ protocol: "TCP", port: 80, hasNodePort: false }] },
    });
  });

  it("are refused with the API server's own message", async () => {
    const causes = [{ field: "spec.ports[0].nodePort", message: "provided port is already allocated" }];
    const body = JSON.stringify({ kind: "Status", message: "Service is invalid", details: { causes } });
    const { takenNodePort } = await askDryRuns(says(422, body), { left: 30080, right: 30081 });
    assert.deepEqual(takenNodePort.left, {
      kind: "refused",
      message: "spec.ports[0].nodePort: provided port is already allocated",
    });
  });

  it("fail, and are not refused, when it is the cluster's own policy that denies", async () => {
    const message = "ValidatingAdmissionPolicy 'no-udp' denied request";
    const { udp } = await askDryRuns(says(422, { message, details: { causes: [{ message }] } }), none);
    assert.deepEqual(udp, { kind: "failed", reason: message });
  });

  it("fail, and are not refused, when it is the asking that is not allowed", async () => {
    const { udp } = await askDryRuns(says(403, { message: "services is forbidden" }), none);
    assert.deepEqual(udp, { kind: "failed", reason: "services is forbidden" });
  });

  it("fail when the answer is no Status", async () => {
    const { udp } = await askDryRuns(says(502, "<html>bad gateway</html>"), none);
    assert.deepEqual(udp, { kind: "failed", reason: "HTTP-Code: 502" });
  });

  it("fail when there is no answer in time", async () => {
    const timeOut = () => Promise.reject(new DOMException("late", "TimeoutError"));
    assert.deepEqual((await askDryRuns(timeOut, none)).udp, {
      kind: "failed",
      reason: "no answer within 5 s",
    });
  });

  it("do not ask for a node port that there is not", async () => {
    const { takenNodePort } = await askDryRuns(echo, none);
    assert.equal(takenNodePort.left.kind, "not asked");
  });
});

const http = { name: "http", port: 80, protocol: "TCP" };
