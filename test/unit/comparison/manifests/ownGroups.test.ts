/** Security groups in the program that is printed for a manifest of the AWS Load Balancer Controller. */
import assert from "node:assert/strict";
import { judgedByLbc, judgedTextByLbc } from "./judgedByLbc.ts";
import { loadBalancer } from "./manifests.ts";

const nodes = { "nlb-target-type": "instance" };
const pods = { "nlb-target-type": "ip" };
const kubeProxy = {
  "healthcheck-port": "10256",
  "healthcheck-protocol": "http",
  "healthcheck-path": "/healthz",
};

describe("the printed program's load balancer has a security group of its own", () => {
  const services: Readonly<Record<string, [annotations: Record<string, string>, spec?: string]>> = {
    "nodes that are checked at the node port": [nodes],
    "nodes that are checked by kube-proxy": [{ ...nodes, ...kubeProxy }],
    "nodes that are checked by kube-proxy, for some clients": [
      { ...nodes, ...kubeProxy },
      "  loadBalancerSourceRanges: [203.0.113.0/24]",
    ],
    "the controller's rule that is meant for path MTU discovery": [
      { ...nodes, "enable-icmp-for-path-mtu-discovery": "on" },
    ],
    "that rule, for some clients": [
      { ...nodes, "enable-icmp-for-path-mtu-discovery": "on" },
      "  loadBalancerSourceRanges: [203.0.113.0/24]",
    ],
    "pods as targets": [pods],
    "pods as targets, for some clients": [pods, "  loadBalancerSourceRanges: [203.0.113.0/24]"],
    "pods that are checked at another port": [{ ...pods, "healthcheck-port": "9090" }],
  };
  for (const [what, [annotations, spec]] of Object.entries(services)) {
    it(`and equals that of ${what}`, async () => {
      const { own } = await judgedByLbc(annotations, spec);
      assert.equal(own?.arguments.securityGroups, "own");
      assert.equal(own.verdict, "equivalent", own.reasons.join("\n"));
      assert.match(own.program, /securityGroups: "own"/);
    });
  }
});

describe("what is said of pods as targets", () => {
  it("has every port of a rule for several", async () => {
    const { values } = await judgedByLbc({ ...pods, "healthcheck-port": "9090" });
    const { value = "" } = values.find(({ title }) => title === "rules on the nodes") ?? {};
    assert.match(value, /^tcp to ports 8080 to 9090 of the nodes from /);
  });

  it("has no numbers of ports that are not allocated", async () => {
    const { values } = await judgedByLbc(nodes, "  externalTrafficPolicy: Local");
    const { value = "" } = values.find(({ title }) => title === "rules on the nodes") ?? {};
    assert.match(
      value,
      /^tcp to all ports between the node port and the healthCheckNodePort from k8s-traffic/,
    );
  });

  it("has the shared group in one sentence where the Service names groups", async () => {
    const { notes } = await judgedByLbc({
      ...nodes,
      "security-groups": "sg-1",
      "manage-backend-security-group-rules": "true",
    });
    assert.match(
      notes.join("\n"),
      /The nodes let in k8s-traffic-\S+, the group that all .*: one rule for each protocol\./,
    );
  });

  it("has the rules on the nodes from the shared group where the Service names groups, and only if it is told to make some", async () => {
    const named = { ...nodes, "security-groups": "sg-1" };
    const rulesWith = async (annotations: Readonly<Record<string, string>>) =>
      (await judgedByLbc(annotations)).values.find(({ title }) => title === "rules on the nodes")?.value;
    assert.match(
      (await rulesWith({ ...named, "manage-backend-security-group-rules": "true" })) ?? "",
      /^tcp to the node port from k8s-traffic-/,
    );
    assert.equal(await rulesWith(named), undefined);
  });

  it("is the same for clients with groups that the Service names, also at a node port that it fixes", async () => {
    for (const managed of ["true", "false"]) {
      const annotations = { "security-groups": "sg-1", "manage-backend-security-group-rules": managed };
      const { own } = await judgedTextByLbc(
        loadBalancer({ type: "external", ...nodes, ...annotations }).replace(
          "targetPort: 8080",
          "targetPort: 8080, nodePort: 30080",
        ),
      );
      assert.equal(own?.verdict, "equivalent", own?.reasons.join("\n"));
    }
  });

  it("has nothing of ports of the nodes, which are not asked", async () => {
    const { notes } = await judgedByLbc({ ...pods, "healthcheck-port": "9090" });
    assert.doesNotMatch(notes.join("\n"), /9090/);
    const local = await judgedByLbc(pods, "  externalTrafficPolicy: Local");
    assert.doesNotMatch(local.notes.join("\n"), /Local/);
  });

  it("has that kube-proxy does not answer for them", async () => {
    const { notes } = await judgedByLbc({ ...pods, ...kubeProxy });
    assert.match(notes.join("\n"), /No target is healthy unless the pods listen at port 10256/);
  });
});
