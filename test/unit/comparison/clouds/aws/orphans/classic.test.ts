import assert from "node:assert/strict";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { LoadBalancerDescription } from "@aws-sdk/client-elastic-load-balancing";
import { classicOrphansIn } from "../../../../../../comparison/clouds/aws/orphans/classic.ts";
import type { ExistingClassic } from "../../../../../../comparison/clouds/aws/orphans/classic.ts";
import { removal } from "../../../../../../comparison/clouds/aws/orphans/removal.ts";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cloud, serviceOf } from "../../../sources/account.ts";

const uid = "11111111-2222-3333-4444-555555555555";
const name = "a1111111122223333444455555555555";
const dnsName = `${name}-1234.us-west-2.elb.amazonaws.com`;
const network = "theirs-1.elb.us-west-2.amazonaws.com";
const nlb = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };

/** As the controller serves it with the Classic Load Balancer. */
const service = (changes: Partial<ServiceFacts> = {}): ServiceFacts =>
  serviceOf(cloud, {
    identity: { name: "cloud", id: uid },
    annotations: {},
    ingress: [dnsName],
    ...changes,
  });

const balancer: LoadBalancerDescription = {
  LoadBalancerName: name,
  DNSName: dnsName,
  Scheme: "internet-facing",
  AvailabilityZones: ["us-west-2a", "us-west-2b"],
  SecurityGroups: ["sg-classic", "sg-of-annotation"],
};
const group: SecurityGroup = {
  GroupId: "sg-classic",
  GroupName: `k8s-elb-${name}`,
  Description: `Security group for Kubernetes ELB ${name} (web/cloud)`,
};
const rule = (source: string, id: string): RuleFacts => ({
  identity: { name: id, id },
  owner: "other",
  securityGroup: "sg-nodes",
  ipProtocol: "-1",
  fromPort: -1,
  toPort: -1,
  source,
});

const existing = (changes: Partial<ExistingClassic> = {}): ExistingClassic => ({
  clusterName: "dev",
  services: [service()],
  loadBalancers: [balancer],
  tags: () => ({ "kubernetes.io/service-name": "web/cloud", "kubernetes.io/cluster/dev": "owned" }),
  groups: [group],
  rules: [rule("sg-classic", "sgr-1"), rule("sg-nodes", "sgr-2"), rule("sg-of-annotation", "sgr-3")],
  ...changes,
});
const reasonsWith = (...services: ServiceFacts[]): string[] =>
  classicOrphansIn(existing({ services })).map(({ reason }) => reason);

const rulePart = {
  kind: "rule",
  name: "all traffic from sg-classic in sg-nodes",
  id: "sgr-1",
  command: removal.rule("sg-nodes", "sgr-1"),
};

describe("a Classic Load Balancer", () => {
  it("is no orphan while the status of its Service names it", () => {
    assert.deepEqual(classicOrphansIn(existing()), []);
    assert.deepEqual(reasonsWith(service({ annotations: nlb })), []);
  });

  it("is an orphan without its Service, with the group that the controller made and the rules for it", () => {
    assert.deepEqual(classicOrphansIn(existing({ services: [] })), [
      {
        kind: "Classic Load Balancer",
        name,
        id: name,
        command: removal.classic(name),
        service: "web/cloud",
        reason: "Service web/cloud does not exist",
        // 730 hours of a load balancer and of two public addresses.
        monthlyDollars: 25.55,
        parts: [
          {
            kind: "security group",
            name: `k8s-elb-${name}`,
            id: "sg-classic",
            command: removal.securityGroup("sg-classic"),
          },
          rulePart,
        ],
      },
    ]);
  });

  it("has no public addresses to pay for if it is internal", () => {
    const loadBalancers = [{ ...balancer, Scheme: "internal" }];
    const [orphan] = classicOrphansIn(existing({ services: [], loadBalancers }));
    assert.equal(orphan?.monthlyDollars, 18.25);
  });

  it("is an orphan once its Service has a Network Load Balancer, which has the same name", () =>
    assert.deepEqual(reasonsWith(service({ annotations: nlb, ingress: [network] })), [
      `Service web/cloud has another load balancer: ${network}`,
    ]));

  it("is no orphan while its Service waits for it, also instead of a Network Load Balancer", () => {
    for (const ingress of [[], [network]]) assert.deepEqual(reasonsWith(service({ ingress })), []);
  });

  it("is an orphan if its Service is of another type", () =>
    assert.deepEqual(reasonsWith(service({ type: "ClusterIP", ingress: [] })), [
      "Service web/cloud is of type ClusterIP",
    ]));

  it("of another cluster, or without the controller's tags, is not this cluster's", () => {
    const others: Record<string, string>[] = [
      { "kubernetes.io/service-name": "web/cloud", "kubernetes.io/cluster/prod": "owned" },
      { "kubernetes.io/cluster/dev": "shared" },
      {},
    ];
    for (const tags of others)
      assert.deepEqual(classicOrphansIn(existing({ services: [], tags: () => tags })), []);
  });
});

describe("the security group of a Classic Load Balancer that is gone", () => {
  const alone = (changes: Partial<ExistingClassic> = {}) =>
    classicOrphansIn(existing({ loadBalancers: [], services: [], ...changes }));

  it("is an orphan that costs nothing, and names the Service", () =>
    assert.deepEqual(alone(), [
      {
        kind: "security group",
        name: `k8s-elb-${name}`,
        id: "sg-classic",
        command: removal.securityGroup("sg-classic"),
        service: "web/cloud",
        reason: `it is for Classic Load Balancer ${name}, which does not exist`,
        monthlyDollars: 0,
        parts: [rulePart],
      },
    ]));

  it("is needed while its Service waits for the load balancer, not once it has a Network Load Balancer", () => {
    assert.deepEqual(alone({ services: [service({ ingress: [] })] }), []);
    const changed = service({ annotations: nlb, ingress: [network] });
    assert.equal(alone({ services: [changed] }).length, 1);
  });

  it("is needed by any Classic Load Balancer that has it, or has its name", () => {
    const tags = (): Record<string, string> => ({});
    const others = [
      { LoadBalancerName: "other", SecurityGroups: ["sg-classic"] },
      { LoadBalancerName: name, SecurityGroups: [] },
    ];
    for (const other of others) assert.deepEqual(alone({ tags, loadBalancers: [other] }), []);
  });
});
