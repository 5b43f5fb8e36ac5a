import assert from "node:assert/strict";
import { filesCall } from "../../../../../../cli/files.ts";
import { resultOf } from "../../../../../../cli/filesComparison.ts";
import { healthCheck } from "../../../../../../comparison/clouds/aws/loadBalancerController/healthCheck.ts";
import { predict } from "../../../../../../comparison/clouds/aws/loadBalancerController/predict.ts";
import { manifestFile } from "../../../../../../comparison/manifests/file.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import type { Comparison } from "../../../../../../comparison/result/comparison.ts";
import type { EndpointFacts, ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { loadBalancer, nodePort } from "../../../manifests/manifests.ts";
import { cluster, made, service } from "./service.ts";

const ip = { "nlb-target-type": "ip" };
const port = { name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30_080 };
const byName = { ...port, targetPort: "web" };

const pod = (address: string, ready = true): EndpointFacts => ({
  pod: { name: `web-${address}`, id: address },
  address,
  ports: ["http: 8080/TCP"],
  node: "node-a",
  ready,
  serving: true,
  terminating: !ready,
});

const withPods = (of: ServiceFacts, endpoints: readonly EndpointFacts[], exists = false) => {
  const existing = exists ? made(of).loadBalancer : undefined;
  const predicted = predict(of, { ...cluster, controllerGroups: {} }, existing, endpoints);
  return predicted.kind === "made" ? predicted : assert.fail(predicted.reason);
};

describe("pods as targets of the AWS Load Balancer Controller", () => {
  it("are the ready pods, at the port that the Service leads to", () => {
    const { pools } = withPods(service({ ports: [port] }, ip), [
      pod("10.0.1.5"),
      pod("10.0.17.5"),
      pod("10.0.1.6", false),
    ]).loadBalancer;
    const [group] = pools;
    assert.deepEqual([group?.targetType, group?.port, group?.protocol], ["ip", 8080, "TCP"]);
    assert.deepEqual(
      group?.members.map(({ id, port: own }) => `${id}:${String(own)}`),
      ["10.0.1.5:8080", "10.0.17.5:8080"],
    );
  });

  it("have the port 1 in their group if theirs has a name, which each pod resolves", () => {
    const { pools } = withPods(service({ ports: [byName] }, ip), [pod("10.0.1.5")]).loadBalancer;
    assert.equal(pools[0]?.port, 1);
    assert.deepEqual(
      pools[0].members.map(({ port: own }) => own),
      [8080],
    );
  });

  it("see the load balancer's address unless an attribute says otherwise, and always the client's of datagrams", () => {
    const keeps = (of: ServiceFacts) =>
      made(of).loadBalancer.pools[0]?.attributes["preserve_client_ip.enabled"];
    assert.equal(keeps(service({ ports: [port] }, ip)), "false");
    const attribute = { "target-group-attributes": "preserve_client_ip.enabled=true" };
    assert.equal(keeps(service({ ports: [port] }, { ...ip, ...attribute })), "true");
    const udp = { ...port, protocol: "UDP" };
    assert.equal(keeps(service({ ports: [udp] }, { ...ip, "healthcheck-port": "8080" })), "true");
  });

  it("are checked at their own port, whatever the traffic policy is", () => {
    const { protocol, port: checked } = healthCheck(
      service({ ports: [port], externalTrafficPolicy: "Local", healthCheckNodePort: 30_000 }, ip),
    );
    assert.deepEqual([protocol, checked], ["TCP", "traffic-port"]);
  });

  it("may be checked at another port of the Service, by its name", () => {
    const status = { ...port, name: "status", port: 81, targetPort: 8081 };
    const of = service({ ports: [port, status] }, { ...ip, "healthcheck-port": "status" });
    assert.equal(healthCheck(of).port, 8081);
  });

  it("have their ports open to the load balancer's group, and no node port", () => {
    const opened = (endpoints: readonly EndpointFacts[]) =>
      withPods(service({ ports: [byName] }, ip), endpoints).firewall.nodes.map(
        ({ ipProtocol, fromPort, toPort }) => [ipProtocol, fromPort, toPort],
      );
    assert.deepEqual(opened([pod("10.0.1.5")]), [["tcp", 8080, 8080]]);
    assert.deepEqual(opened([]), []);
    assert.deepEqual(
      made(service({ ports: [byName] }, ip)).nodes.map(({ fromPort }) => fromPort),
      [later],
    );
  });

  it("need no node port", () => {
    const { nodePort: _, ...without } = port;
    const of = service({ ports: [without], allocateLoadBalancerNodePorts: false }, ip);
    assert.equal(made(of).loadBalancer.pools[0]?.port, 8080);
  });

  it("are not predicted where the source does not give the pods", () => {
    const of = service({ ports: [port] }, ip);
    const predicted = predict(of, { ...cluster, controllerGroups: {} }, made(of).loadBalancer);
    assert.ok(predicted.kind === "not modelled");
    assert.match(predicted.reason, /does not give the Service's pods/);
  });
});

const call = filesCall({ file: ["a.yaml"], controller: "lbc" }) ?? assert.fail();

async function compared(left: string, right: string): Promise<Comparison> {
  const read = (text: string, name: string) => manifestFile(text, name, call.served.cloud.controllers);
  const result = await resultOf([read(left, "a.yaml"), read(right, "b.yaml")], call);
  return result.kind === "compared" ? result.comparison : assert.fail();
}

const ids = ({ explanations }: Comparison): string[] => explanations.map(({ id }) => id);

describe("nodes as targets beside pods as targets", () => {
  it("are equivalent, and the difference has its explanation", async () => {
    const comparison = await compared(nodePort(), loadBalancer(ip));
    assert.deepEqual(comparison.verdict.reasons, []);
    assert.equal(comparison.verdict.kind, "equivalent");
    assert.ok(ids(comparison).includes("pods-as-targets"));
    assert.ok(!ids(comparison).includes("no-node-ports"));
  });

  it("are equivalent without node ports", async () => {
    const comparison = await compared(nodePort(), loadBalancer(ip, "  allocateLoadBalancerNodePorts: false"));
    assert.deepEqual(comparison.verdict.reasons, []);
    assert.ok(ids(comparison).includes("no-node-ports"));
  });

  const different: readonly [string, string, string][] = [
    ["kube-proxy keeps a client with a pod", "  sessionAffinity: ClientIP", "  sessionAffinity: ClientIP"],
    [
      "kube-proxy prefers near pods",
      "  trafficDistribution: PreferClose",
      "  trafficDistribution: PreferClose",
    ],
  ];
  for (const [why, left, right] of different) {
    it(`are different if ${why}`, async () => {
      const { verdict } = await compared(nodePort(left), loadBalancer(ip, right));
      assert.equal(verdict.kind, "different");
      assert.match(verdict.reasons.join("\n"), /targetType|target group|targets/);
    });
  }

  const local = "  externalTrafficPolicy: Local";

  it("are different if pods see the client's address on one side only", async () => {
    const { verdict } = await compared(loadBalancer({}, local), loadBalancer(ip, local));
    assert.equal(verdict.kind, "different");
  });

  it("are equivalent under the policy Local if no pod sees it, as the load balancer that a NodePort Service is to get", async () => {
    const { verdict } = await compared(nodePort(local), loadBalancer(ip, local));
    assert.deepEqual(verdict.reasons, []);
  });

  const keptFromPods = { ...ip, "target-group-attributes": "preserve_client_ip.enabled=true" };

  it("are equivalent under the policy Local if pods see the client's address, though nodes are checked by kube-proxy", async () => {
    const comparison = await compared(nodePort(local), loadBalancer(keptFromPods, local));
    assert.deepEqual(comparison.verdict.reasons, []);
  });

  it("are different for one reason if pods see the client's address, and behind nodes a node's", async () => {
    const { verdict } = await compared(loadBalancer(), loadBalancer(keptFromPods));
    assert.equal(verdict.kind, "different");
    assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    assert.match(verdict.reasons.join(), /targetType is instance on the left and ip on the right$/);
  });

  it("are different if other clients are let in", async () => {
    const { verdict } = await compared(
      nodePort(),
      loadBalancer(ip, "  loadBalancerSourceRanges: [203.0.113.0/24]"),
    );
    assert.deepEqual(verdict.reasons, [], "the program takes the ranges over");
    const other = await compared(
      loadBalancer({}, "  loadBalancerSourceRanges: [203.0.113.0/24]"),
      loadBalancer(ip, "  loadBalancerSourceRanges: [198.51.100.0/24]"),
    );
    assert.equal(other.verdict.kind, "different");
    assert.match(other.verdict.reasons.join("\n"), /203\.0\.113\.0\/24/);
  });
});
