/**
 * Runs inside the testbed. Programs the given number of load balancers, each in three zones with its own three targets and
 * groups, all at one node port. Then removes one target. Prints how long each step took.
 */
import { defaultCloud, nodesOn } from "../../../../../lab/clouds/index.ts";
import { nodeNetwork } from "../../../../../lab/layout.ts";
import { allocate } from "../../../../../lab/clouds/aws/balancer/addresses.ts";
import type { AwsFacts, RuleFacts } from "../../../../../lab/clouds/aws/balancer/facts.ts";
import { healthy, unhealthy } from "../../../../../lab/clouds/aws/balancer/health.ts";
import { buildModel } from "../../../../../lab/clouds/aws/balancer/model.ts";
import { Programmer } from "../../../../../lab/clouds/aws/balancer/programmer.ts";

export interface Programmed {
  readonly firstMs: number;
  readonly changeMs: number;
  /** Of the last load balancer. */
  readonly addresses: readonly string[];
}

/** Addresses for benchmarks of network devices. https://www.rfc-editor.org/rfc/rfc2544 */
const publicCidr = "198.18.0.0/16";

const [, , count = "", nodePort = ""] = process.argv;
const names = Array.from({ length: Number(count) }, (_, index) => `nlb-${index}`);
const nodes = nodesOn(defaultCloud);
const zones = nodes.map(({ zone }) => ({ zone, subnetId: `subnet-${zone}` }));
const everything: RuleFacts = {
  protocol: "-1",
  fromPort: -1,
  toPort: -1,
  cidrs: ["0.0.0.0/0"],
  groups: [],
};
const port = Number(nodePort);

const facts: AwsFacts = {
  records: [],
  loadBalancers: names.map((name) => ({
    arn: name,
    name,
    dnsName: `${name}.elb.amazonaws.com`,
    scheme: "internet-facing",
    state: "active",
    zones,
    securityGroups: [`sg-${name}`],
    attributes: { "load_balancing.cross_zone.enabled": "true" },
    listeners: [
      {
        arn: `${name}-http`,
        protocol: "TCP",
        port: 80,
        targetGroupArn: `${name}-group`,
        attributes: { "tcp.idle_timeout.seconds": "600" },
      },
    ],
  })),
  targetGroups: names.map((name) => ({
    arn: `${name}-group`,
    protocol: "TCP",
    port,
    targetType: "instance",
    healthCheck: {
      protocol: "TCP",
      port: "traffic-port",
      path: "/",
      matcher: "200-399",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
    },
    attributes: {},
    targets: nodes.map((node) => ({ id: node.name, port, zone: null, state: "healthy", reason: "" })),
  })),
  instances: nodes.map(({ name: id, address, zone }) => ({
    id,
    address,
    prefixes: [],
    zone,
    securityGroups: ["sg-node"],
  })),
  subnets: nodes.map(({ zone, subnetCidr: cidr }) => ({ id: `subnet-${zone}`, cidr, zone })),
  securityGroups: [
    {
      id: "sg-node",
      // One rule for each, as the cloud controller manager makes them.
      ingress: names.map((name) => ({ ...everything, cidrs: [], groups: [`sg-${name}`] })),
      egress: [everything],
    },
    ...names.map((name) => ({ id: `sg-${name}`, ingress: [everything], egress: [everything] })),
  ],
};

const programmer = new Programmer([nodeNetwork.cidr], { scale: 20, registrationSeconds: 180 }, []);
const allocations = allocate([], facts, publicCidr);

async function program(sick: string): Promise<number> {
  const model = buildModel(facts, allocations, (key) =>
    key.startsWith(`${sick}-group|`) ? unhealthy : healthy,
  );
  const started = performance.now();
  await programmer.program(facts, model);
  return Math.round(performance.now() - started);
}

const firstMs = await program("none");
const changeMs = await program("nlb-0");
const addresses = (allocations.at(-1)?.addresses ?? []).map(({ address }) => address);
console.log(JSON.stringify({ firstMs, changeMs, addresses } satisfies Programmed));
