import assert from "node:assert/strict";
import type { AwsClusterFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, dns, http, https, made, refusal, service } from "./cluster.ts";

const name = "a126f6206d98946c8968d32088723ea5";
const subnets = ["10.0.0.0/20", "10.0.16.0/20"];
const local = { externalTrafficPolicy: "Local", healthCheckNodePort: 31000 } as const;
const office = "203.0.113.0/24";

/** Rules as `purpose protocol from-to source`. */
const rulesOf = (of: ServiceFacts, inCluster: AwsClusterFacts = cluster): string[] =>
  made(of, inCluster)
    .rules.map(({ identity, ipProtocol, fromPort, toPort, source }) => {
      const purpose = identity.name.replace("kubernetes.io/rule/nlb/", "").replace(`=${name}`, "");
      return `${purpose} ${ipProtocol} ${fromPort}-${toPort} ${source}`;
    })
    .sort();

const healthRules = (port: number | string): string[] =>
  subnets.map((cidr) => `health tcp ${port}-${port} ${cidr}`);

describe("rules of the nodes that the cloud controller manager makes", () => {
  it("are described by what they are for and for whom", () => {
    assert.deepEqual(
      made(service({ loadBalancerSourceRanges: [office] })).rules.map(({ identity }) => identity.name),
      [
        `kubernetes.io/rule/nlb/health=${name}`,
        `kubernetes.io/rule/nlb/health=${name}`,
        `kubernetes.io/rule/nlb/client=${name}`,
        "kubernetes.io/rule/nlb/mtu",
      ],
    );
  });

  it("for TCP from everywhere open the node port, and ICMP for path MTU discovery", () => {
    assert.deepEqual(rulesOf(service()), ["client tcp 32565-32565 0.0.0.0/0", "mtu icmp 3-4 0.0.0.0/0"]);
  });

  it("are in the nodes' security group", () => {
    assert.deepEqual(
      new Set(made(service()).rules.map(({ securityGroup }) => securityGroup)),
      new Set(["sg-nodes"]),
    );
  });

  it("are no rules of the load balancer, which has no security group", () => {
    const { rules } = made(service(), { ...cluster, nodeSecurityGroups: [] });
    assert.deepEqual(rules, []);
  });

  it("are none without a target", () => {
    assert.deepEqual(rulesOf(service(), { ...cluster, nodes: [] }), []);
  });

  it("for some ranges let in health checks from the subnets too", () => {
    assert.deepEqual(rulesOf(service({ loadBalancerSourceRanges: [office] })), [
      `client tcp 32565-32565 ${office}`,
      ...healthRules(32565),
      `mtu icmp 3-4 ${office}`,
    ]);
  });

  it("let in health checks even if a range beside another one is everywhere", () => {
    assert.deepEqual(rulesOf(service({ loadBalancerSourceRanges: ["0.0.0.0/0", office] })), [
      "client tcp 32565-32565 0.0.0.0/0",
      `client tcp 32565-32565 ${office}`,
      ...healthRules(32565),
      "mtu icmp 3-4 0.0.0.0/0",
      `mtu icmp 3-4 ${office}`,
    ]);
  });

  it("for UDP let in health checks by TCP", () => {
    assert.deepEqual(rulesOf(service({ ports: [dns] })), [
      "client udp 30053-30053 0.0.0.0/0",
      ...healthRules(30053),
      "mtu icmp 3-4 0.0.0.0/0",
    ]);
  });

  it("for policy Local open the health-check node port", () => {
    assert.deepEqual(rulesOf(service(local)), [
      "client tcp 32565-32565 0.0.0.0/0",
      ...healthRules(31000),
      "mtu icmp 3-4 0.0.0.0/0",
    ]);
  });

  it("for several ports open each of them, a health-check port of their own once", () => {
    assert.deepEqual(rulesOf(service({ ...local, ports: [http, https] })), [
      "client tcp 30443-30443 0.0.0.0/0",
      "client tcp 32565-32565 0.0.0.0/0",
      ...healthRules(31000),
      "mtu icmp 3-4 0.0.0.0/0",
    ]);
  });

  it("for several ports open each for health checks of the traffic port", () => {
    assert.deepEqual(
      rulesOf(service({ ports: [http, https], loadBalancerSourceRanges: [office] })).filter((rule) =>
        rule.startsWith("health"),
      ),
      [...subnets.map((cidr) => `health tcp 30443-30443 ${cidr}`), ...healthRules(32565)],
    );
  });

  it("leave health checks out if their own port is the only node port", () => {
    assert.deepEqual(rulesOf(service({}, { "healthcheck-port": "32565" })), [
      "client tcp 32565-32565 0.0.0.0/0",
      "mtu icmp 3-4 0.0.0.0/0",
    ]);
  });

  it("let in health checks to one of two node ports", () => {
    const annotated = service({ ports: [http, https] }, { "healthcheck-port": "32565" });
    assert.deepEqual(
      rulesOf(annotated).filter((rule) => rule.startsWith("health")),
      healthRules(32565),
    );
  });

  it("have no rule for clients from a subnet that a health rule lets in already", () => {
    assert.deepEqual(rulesOf(service({ loadBalancerSourceRanges: ["10.0.0.0/20", office] })), [
      `client tcp 32565-32565 ${office}`,
      ...healthRules(32565),
      `mtu icmp 3-4 ${office}`,
    ]);
  });

  it("take annotated source ranges if the specification has none", () => {
    const key = "service.beta.kubernetes.io/load-balancer-source-ranges";
    const annotated = service({ loadBalancerSourceRanges: [] });
    const ranges = (changes: Partial<ServiceFacts>): string[] =>
      rulesOf({
        ...annotated,
        ...changes,
        annotations: { ...annotated.annotations, [key]: ` ${office}, 192.0.2.0/24` },
      }).filter((rule) => rule.startsWith("client"));
    assert.deepEqual(ranges({}), ["client tcp 32565-32565 192.0.2.0/24", `client tcp 32565-32565 ${office}`]);
    assert.deepEqual(ranges({ loadBalancerSourceRanges: ["198.51.100.0/24"] }), [
      "client tcp 32565-32565 198.51.100.0/24",
    ]);
  });

  it("let in a network once that the Service names in several ways: the controller reads networks, not words", () => {
    const key = "service.beta.kubernetes.io/load-balancer-source-ranges";
    const clients = (changes: Partial<ServiceFacts>): string[] =>
      rulesOf(service(changes)).filter((rule) => rule.startsWith("client"));
    const once = ["client tcp 32565-32565 10.0.0.0/8"];
    assert.deepEqual(clients({ loadBalancerSourceRanges: ["10.0.0.0/8", "10.0.0.1/8"] }), once);
    assert.deepEqual(
      clients({
        loadBalancerSourceRanges: [],
        annotations: { ...service().annotations, [key]: "10.0.0.1/8, 10.0.0.0/8,010.0.0.2/8" },
      }),
      once,
    );
  });

  it("let in everybody if no ranges are given", () => {
    assert.deepEqual(rulesOf(service({ loadBalancerSourceRanges: [] })), rulesOf(service()));
  });

  it("are for networks, each once", () => {
    assert.deepEqual(
      rulesOf(service({ loadBalancerSourceRanges: ["203.0.113.9/24", office] })),
      rulesOf(service({ loadBalancerSourceRanges: [office] })),
    );
  });

  for (const range of ["everyone", "203.0.113.0", "2001:db8::/32"]) {
    it(`are refused for the source range ${range}`, () => {
      assert.match(
        refusal(service({ loadBalancerSourceRanges: [range] })),
        new RegExp(`spec.loadBalancerSourceRanges has "${range}"; allowed are IPv4 ranges`),
      );
    });
  }

  it("have ports and descriptions that are not known before the Service is there", () => {
    const planned = service({
      identity: { name: "web", id: later },
      ports: [{ ...http, nodePort: later }],
    });
    assert.deepEqual(rulesOf(planned), [
      `${later} tcp ${later}-${later} 0.0.0.0/0`,
      "mtu icmp 3-4 0.0.0.0/0",
    ]);
  });

  it("tell a health-check node port from a node port before either is known", () => {
    const planned = service({
      ...local,
      healthCheckNodePort: later,
      ports: [{ ...http, nodePort: later }],
      loadBalancerSourceRanges: ["10.0.0.0/20"],
    });
    assert.deepEqual(
      made(planned).rules.map(({ source }) => source),
      [...subnets, "10.0.0.0/20", "10.0.0.0/20"],
    );
  });
});
