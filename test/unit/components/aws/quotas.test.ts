import assert from "node:assert/strict";
import {
  crossesZones,
  ruleQuotaProblems,
  targetQuotaProblems,
  togetherNotes,
} from "../../../../components/aws/quotas.ts";
import type { Quotas } from "../../../../components/aws/quotas.ts";

/** A cluster with this number of nodes, and a subnet in each of this number of zones. */
const cluster = (nodes: number, zones: number) => ({
  nodeInstanceIds: Array.from({ length: nodes }, (_, index) => `i-${index}`),
  subnets: Array.from({ length: zones }, (_, index) => ({
    id: `subnet-${index}`,
    availabilityZone: `zone-${index}`,
    cidrBlock: `10.0.${index}.0/24`,
    tags: {},
  })),
});

interface Demand {
  readonly ports?: number;
  readonly nodes: number;
  readonly zones?: number;
  readonly crossZone?: boolean;
}

const targets = ({ ports = 1, nodes, zones = 3, crossZone = false }: Demand, quotas?: Partial<Quotas>) =>
  targetQuotaProblems(
    {
      ports: Array.from({ length: ports }),
      network: cluster(nodes, zones),
      crossZoneLoadBalancing: crossZone,
    },
    quotas,
  ).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);

describe("the quotas of targets", () => {
  it("allow 500 per zone", () => {
    assert.deepEqual(targets({ ports: 5, nodes: 300 }), []);
    const [problem = "", ...others] = targets({ ports: 5, nodes: 301 });
    assert.deepEqual(others, []);
    assert.match(
      problem,
      /^ports: 5 ports on 301 nodes make at least 505 targets in one of 3 zones; allowed are 500 targets per load balancer and zone \(https:.*load-balancer-limits\.html\): spread the ports over several exposures, or name fewer nodes .* quotas\.targetsPerZone to the number$/,
    );
  });

  it("allow 3000 per load balancer, over all zones", () => {
    assert.deepEqual(targets({ ports: 10, nodes: 300, zones: 6 }), []);
    const [inZone, inAll, ...others] = targets({ ports: 10, nodes: 301, zones: 6 });
    assert.match(inZone ?? "", /quotas\.targetsPerZone to the number$/);
    assert.match(
      inAll ?? "",
      /^ports: .* make 3010 targets; allowed are 3000 .*targetsPerLoadBalancer to the number$/,
    );
    assert.deepEqual(others, []);
  });

  it("allow 500 per load balancer with cross-zone load balancing, over all zones", () => {
    assert.deepEqual(targets({ ports: 5, nodes: 100, crossZone: true }), []);
    const [problem = "", ...others] = targets({ ports: 5, nodes: 101, zones: 6, crossZone: true });
    assert.deepEqual(others, []);
    assert.match(
      problem,
      /^ports: .* make 505 targets; allowed are 500 .* switch off cross-zone load balancing, .*targetsAcrossZones to the number$/,
    );
  });

  it("count over all zones by what a target group has, before what its load balancer has", () => {
    assert.equal(crossesZones({}), false);
    assert.equal(crossesZones({ crossZoneLoadBalancing: true }), true);
    assert.equal(
      crossesZones({ crossZoneLoadBalancing: true, targetGroupCrossZoneLoadBalancing: false }),
      false,
    );
  });

  it("allow 1000 per target group", () => {
    assert.deepEqual(targets({ nodes: 1000 }), []);
    const [problem = "", ...others] = targets({ nodes: 1001 });
    assert.deepEqual(others, []);
    assert.match(problem, /^network\.nodeInstanceIds: the list has 1001 nodes; allowed are 1000 /);
  });

  it("can be raised", () => {
    assert.deepEqual(targets({ ports: 5, nodes: 301 }, { targetsPerZone: 505 }), []);
    assert.equal(targets({ nodes: 4, zones: 1 }, { targetsPerZone: 3 }).length, 1);
  });

  it("are not exceeded by few nodes without known zones", () =>
    assert.deepEqual(targets({ nodes: 3, zones: 0 }), []));
});

describe("the quota of rules", () => {
  const alone = (rules: number) => ({ rules, others: 0 });

  it("allows 60 per security group", () => {
    assert.deepEqual(ruleQuotaProblems(alone(60)), []);
    const [problem] = ruleQuotaProblems(alone(61));
    assert.equal(problem?.propertyPath, "loadBalancerSourceRanges");
    assert.match(
      problem.reason,
      /they need 61 inbound rules [^,]*; allowed are 60 .*amazon-vpc-limits\.html/,
    );
  });

  it("is shared by all load balancers in front of the same nodes", () => {
    assert.deepEqual(ruleQuotaProblems({ rules: 2, others: 58 }), []);
    const [problem] = ruleQuotaProblems({ rules: 2, others: 59 });
    assert.match(
      problem?.reason ?? "",
      /need 2 inbound rules .*, and this program's earlier load balancers need 59; allowed are 60 /,
    );
  });

  it("can be raised", () =>
    assert.deepEqual(ruleQuotaProblems(alone(61), { rulesPerSecurityGroup: 61 }), []));
});

describe("the rules of both kinds in one security group", () => {
  const notes = (declared: number, added: number, quotas?: Partial<Quotas>) =>
    togetherNotes([{ securityGroupId: "sg-1", declared, added }], quotas);

  it("are noted above the quota, with both numbers and their sum", () => {
    assert.deepEqual(notes(40, 20), []);
    const [note = "", ...others] = notes(40, 21);
    assert.deepEqual(others, []);
    assert.match(
      note,
      /^loadBalancerSourceRanges: .* need 40 inbound rules in .* group sg-1, and .* adds at least 21 .*, 61 together if it is the same group; allowed are 60 /,
    );
  });

  it("are not noted if there is only one kind, which is refused", () => {
    assert.deepEqual(notes(61, 0), []);
    assert.deepEqual(notes(0, 61), []);
  });

  it("have the account's quota", () => assert.deepEqual(notes(40, 21, { rulesPerSecurityGroup: 61 }), []));
});
