import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { known } from "../../../../comparison/model/sourceResult.ts";
import { askNodePorts, nodePortTargets } from "../../../../comparison/probes/nodePorts.ts";
import { httpTransport } from "../../../../comparison/traffic/http.ts";
import { run, service } from "../statements/run.ts";

describe("asking node ports", () => {
  let known404 = false;
  const server = createServer((request, response) => {
    if (known404) response.writeHead(404).end();
    else response.end(request.url === "/hostname" ? "pod-1\n" : "198.51.100.10:40000");
  });
  let port = 0;
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => (known404 = false));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const asked = async (target: { address: string; port: number }) =>
    (await askNodePorts([{ node: "node-a", ...target }], httpTransport))[0]?.outcome;

  it("names the pod that answered, and the client's address that it saw", async () => {
    assert.deepEqual(await asked({ address: "127.0.0.1", port }), {
      kind: "answered",
      answer: { pod: "pod-1", clientAddress: "198.51.100.10" },
    });
  });

  it("takes the answer of another app for an answer, of no pod that is known", async () => {
    known404 = true;
    assert.deepEqual(await asked({ address: "127.0.0.1", port }), {
      kind: "answered",
      answer: { pod: null, clientAddress: null },
    });
  });

  it("is refused if nothing listens", async () => {
    assert.deepEqual(await asked({ address: "127.0.0.1", port: 1 }), {
      kind: "refused",
      message: "connection refused",
    });
  });

  it("fails where no answer comes in time", async () => {
    const silent = () => () => Promise.reject(new DOMException("late", "TimeoutError"));
    const [answer] = await askNodePorts([{ node: "node-a", address: "10.0.0.10", port: 30080 }], silent);
    assert.deepEqual(answer?.outcome, { kind: "failed", reason: "no answer within 3.5 s" });
  });

  it("puts an IPv6 address in brackets", async () => {
    const urls: string[] = [];
    const noting = (url: string) => {
      urls.push(url);
      return () => Promise.resolve(["pod-1", ""]);
    };
    await askNodePorts([{ node: "node-a", address: "fd00::1", port: 30080 }], noting);
    assert.deepEqual(urls, ["http://[fd00::1]:30080"]);
  });
});

describe("node ports to ask", () => {
  const { facts } = run();

  it("are each TCP node port on each node", () => {
    assert.deepEqual(nodePortTargets(facts, facts.left), [
      { node: "node-a", address: "10.0.0.10", port: 32001 },
      { node: "node-b", address: "10.0.16.10", port: 32001 },
    ]);
  });

  it("are those of 20 nodes at most", () => {
    const node = { name: "node", instanceId: "i-1", zone: "a", address: "10.0.0.1", ready: true };
    const cluster = known({
      name: "dev",
      vpc: "vpc-1",
      nodes: Array.from({ length: 1000 }, () => node),
      nodeSecurityGroups: [],
      subnets: [],
    });
    assert.equal(nodePortTargets({ ...facts, cluster }, facts.left).length, 20);
  });

  it("are none for UDP, which HTTP cannot ask, and for ports that a plan does not know", () => {
    const ports = [
      { name: "dns", protocol: "UDP", port: 53, targetPort: 53, nodePort: 32053 },
      { name: "http", protocol: "TCP", port: 80, targetPort: 80, nodePort: "known after the update" },
    ] as const;
    const left = { ...facts.left, service: known(service({ ports })) };
    assert.deepEqual(nodePortTargets(facts, left), []);
  });
});
