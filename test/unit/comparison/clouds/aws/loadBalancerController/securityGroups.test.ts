import assert from "node:assert/strict";
import { later, laterForHealthChecks } from "../../../../../../comparison/model/later.ts";
import type { NodePort } from "../../../../../../comparison/model/later.ts";
import { dns, http, https } from "../cloudControllerManager/cluster.ts";
import { cluster, inWords, made, service } from "./service.ts";

// printf %s dev | sha256sum
const shared = "k8s-traffic-dev-ef260e9aa3";

const on = (port: typeof http, nodePort: NodePort) => ({ ...port, nodePort });

describe("the security groups of a load balancer of the AWS Load Balancer Controller", () => {
  const groups = (annotations: Record<string, string>) =>
    made(service({ loadBalancerSourceRanges: ["10.0.0.0/8"] }, annotations)).loadBalancer.securityGroups;

  it("are one of its own, and the one that all share", () => {
    assert.deepEqual(groups({}), [later, shared]);
  });

  it("are those that the Service names, and the shared one only if it asks for rules on the nodes", () => {
    assert.deepEqual(groups({ "security-groups": "sg-1, sg-2" }), ["sg-1", "sg-2"]);
    const managed = { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" };
    assert.deepEqual(groups(managed), ["sg-1", shared]);
  });

  it("are none if the Service wants none", () => {
    assert.deepEqual(groups({ "disable-nlb-sg": "true", "security-groups": "sg-1" }), []);
  });
});

describe("the rules of the load balancer's own group", () => {
  const rules = (
    changes: Parameters<typeof service>[0],
    annotations: Record<string, string> = {},
  ): string[] => inWords(made(service(changes, annotations)).balancer);

  it("let everybody in to each port by default, with the port's own protocol", () => {
    assert.deepEqual(rules({ ports: [http, dns] }), ["tcp 80-80 from 0.0.0.0/0", "udp 53-53 from 0.0.0.0/0"]);
  });

  it("let the ranges in that the Service names, by field before annotation", () => {
    const annotations = {
      "service.beta.kubernetes.io/load-balancer-source-ranges": "10.1.0.0/16, 10.2.0.0/16",
    };
    assert.deepEqual(rules({ annotations }), ["tcp 80-80 from 10.1.0.0/16", "tcp 80-80 from 10.2.0.0/16"]);
    assert.deepEqual(rules({ annotations, loadBalancerSourceRanges: ["10.0.0.0/8"] }), [
      "tcp 80-80 from 10.0.0.0/8",
    ]);
  });

  it("let prefix lists in, and beside them only ranges that are named", () => {
    const lists = { "security-group-prefix-lists": "pl-1" };
    assert.deepEqual(rules({}, lists), ["tcp 80-80 from pl-1"]);
    assert.deepEqual(rules({ loadBalancerSourceRanges: ["10.0.0.0/8"] }, lists), [
      "tcp 80-80 from 10.0.0.0/8",
      "tcp 80-80 from pl-1",
    ]);
  });

  it("let in from ranges, once, what the controller takes for path MTU discovery, only if the annotation is on", () => {
    const annotations = {
      "security-group-prefix-lists": "pl-1",
      "enable-icmp-for-path-mtu-discovery": "on",
    };
    assert.deepEqual(
      rules({ ports: [http, https], loadBalancerSourceRanges: ["10.0.0.0/8"] }, annotations).slice(4),
      ["icmp 2-3 from 10.0.0.0/8"],
    );
    assert.equal(rules({}, { "enable-icmp-for-path-mtu-discovery": "true" }).length, 1);
  });

  it("are none in groups that the Service names", () => {
    assert.deepEqual(rules({}, { "security-groups": "sg-1" }), []);
  });
});

describe("the rules of the AWS Load Balancer Controller on the nodes", () => {
  const rules = (
    changes: Parameters<typeof service>[0],
    annotations: Record<string, string> = {},
  ): string[] => inWords(made(service(changes, annotations)).nodes);

  it("let in the shared group, by one rule from the lowest to the highest port", () => {
    assert.deepEqual(rules({ ports: [http, https] }), [`tcp 30443-32565 from ${shared}`]);
  });

  it("are one for each protocol, and TCP for checks of UDP ports too", () => {
    assert.deepEqual(rules({ ports: [http, dns] }), [
      `tcp 30053-32565 from ${shared}`,
      `udp 30053-30053 from ${shared}`,
    ]);
  });

  it("have the checked port, if it is another", () => {
    assert.deepEqual(rules({}, { "healthcheck-port": "10256" }), [`tcp 10256-32565 from ${shared}`]);
    assert.deepEqual(rules({ ports: [dns] }, { "healthcheck-port": "10256" }), [
      `tcp 10256-10256 from ${shared}`,
      `udp 30053-30053 from ${shared}`,
    ]);
  });

  it("have both protocols for a merged port", () => {
    const tcp = { ...http, port: 53, nodePort: 30053 };
    assert.deepEqual(rules({ ports: [tcp, dns] }, { "enable-tcp-udp-listener": "true" }), [
      `tcp 30053-30053 from ${shared}`,
      `udp 30053-30053 from ${shared}`,
    ]);
  });

  it("are by the ends of the range where ports are not known yet", () => {
    const local = { externalTrafficPolicy: "Local", healthCheckNodePort: laterForHealthChecks } as const;
    assert.deepEqual(rules({ ...local, ports: [on(http, later), on(https, later)] }), [
      `tcp ${later}-${laterForHealthChecks} from ${shared}`,
    ]);
    assert.deepEqual(rules({ ports: [on(http, later), https] }), [
      `tcp 30443-30443 from ${shared}`,
      `tcp ${later}-${later} from ${shared}`,
    ]);
  });

  it("have the mark of all its rules, in each group of the nodes", () => {
    const { nodes } = made(service(), { ...cluster, nodeSecurityGroups: ["sg-a", "sg-b"] });
    assert.deepEqual(
      nodes.map(({ securityGroup, identity, owner }) => [securityGroup, identity.name, owner]),
      ["sg-a", "sg-b"].map((group) => [
        group,
        "elbv2.k8s.aws/targetGroupBinding=shared",
        "other: AWS Load Balancer Controller",
      ]),
    );
  });

  it("are none without a target, and for groups that the Service names", () => {
    assert.deepEqual(inWords(made(service(), { ...cluster, nodes: [] }).nodes), []);
    assert.deepEqual(rules({}, { "security-groups": "sg-1" }), []);
  });
});

describe("the rules on the nodes for a load balancer without security groups", () => {
  const rules = (
    changes: Parameters<typeof service>[0],
    annotations: Record<string, string> = {},
  ): string[] => inWords(made(service(changes, { "disable-nlb-sg": "true", ...annotations })).nodes);
  const ranges = { loadBalancerSourceRanges: ["192.168.0.0/16"] };
  const fromSubnets = (port: number) => [
    `tcp ${port}-${port} from 10.0.0.0/20`,
    `tcp ${port}-${port} from 10.0.16.0/20`,
  ];

  it("let clients in by range, and checks from the subnets", () => {
    assert.deepEqual(rules(ranges), ["tcp 32565-32565 from 192.168.0.0/16", ...fromSubnets(32565)]);
  });

  it("leave out the checks that a range of clients covers: everybody, to the checked TCP port", () => {
    const open = { scheme: "internet-facing" };
    assert.deepEqual(rules({}, open), ["tcp 32565-32565 from 0.0.0.0/0"]);
    assert.deepEqual(rules({ ports: [dns] }, open), [
      "udp 30053-30053 from 0.0.0.0/0",
      ...fromSubnets(30053),
    ]);
    assert.deepEqual(rules({}, { ...open, "healthcheck-port": "10256" }), [
      "tcp 32565-32565 from 0.0.0.0/0",
      ...fromSubnets(10256),
    ]);
  });

  it("let only the load balancer in, if it does not keep the client's address", () => {
    const annotations = { "target-group-attributes": "preserve_client_ip.enabled=false" };
    assert.deepEqual(rules(ranges, annotations), fromSubnets(32565));
  });

  it("are none if the Service does not want them", () => {
    assert.deepEqual(rules(ranges, { "manage-backend-security-group-rules": "false" }), []);
  });
});
