import assert from "node:assert/strict";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { orphansIn } from "../../../../../../comparison/clouds/aws/orphans/orphans.ts";
import type { Existing } from "../../../../../../comparison/clouds/aws/orphans/orphans.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cloud, serviceOf } from "../../../sources/account.ts";

const tagsOf = (more: Readonly<Record<string, string>>): SecurityGroup["Tags"] =>
  Object.entries({ "elbv2.k8s.aws/cluster": "dev", ...more }).map(([Key, Value]) => ({ Key, Value }));

const own: SecurityGroup = {
  GroupId: "sg-own",
  GroupName: "k8s-web-cloud-0123456789",
  Tags: tagsOf({
    "service.k8s.aws/stack": "web/cloud",
    "service.k8s.aws/resource": "ManagedLBSecurityGroup",
  }),
};
const shared: SecurityGroup = {
  GroupId: "sg-shared",
  GroupName: "k8s-traffic-dev-0123456789",
  Tags: tagsOf({ "elbv2.k8s.aws/resource": "backend-sg" }),
};
const ofIngress: SecurityGroup = {
  GroupId: "sg-ingress",
  GroupName: "k8s-web-shop-0123456789",
  Tags: tagsOf({ "ingress.k8s.aws/stack": "web/shop" }),
};

const rule = (source: string, id: string): RuleFacts => ({
  identity: { name: "elbv2.k8s.aws/targetGroupBinding=shared", id },
  owner: "other: AWS Load Balancer Controller",
  securityGroup: "sg-nodes",
  ipProtocol: "tcp",
  fromPort: 30080,
  toPort: 30090,
  source,
});

const balancer = (name: string, SecurityGroups: string[]): LoadBalancer => ({
  LoadBalancerName: name,
  LoadBalancerArn: `arn:${name}`,
  DNSName: `${name}.elb.us-west-2.amazonaws.com`,
  Scheme: "internal",
  SecurityGroups,
});
const theirs = balancer("theirs", ["sg-own", "sg-shared"]);
const ingress = balancer("ingress", ["sg-ingress", "sg-shared"]);

const served = serviceOf(cloud, {
  identity: { name: "cloud", id: "11111111-2222-3333-4444-555555555555" },
  loadBalancerClass: "service.k8s.aws/nlb",
});

const found = (changes: Partial<Existing>): string[] =>
  orphansIn({
    clusterName: "dev",
    services: [],
    loadBalancers: [],
    targetGroups: [],
    tags: (arn = "") => ({
      "elbv2.k8s.aws/cluster": "dev",
      ...(arn === "arn:theirs" ? { "service.k8s.aws/stack": "web/cloud" } : {}),
    }),
    controllerGroups: [own, shared],
    rules: [rule("sg-shared", "sgr-1")],
    ...changes,
  }).map(({ kind, name, reason, parts }) =>
    [`${kind} ${name}: ${reason}`, ...parts.map((part) => part.id)].join(" + "),
  );

const serving: readonly ServiceFacts[] = [served];

describe("security groups of the AWS Load Balancer Controller", () => {
  it("are no orphans while a Service names the controller", () => {
    assert.deepEqual(found({ services: serving, loadBalancers: [theirs] }), []);
    // It is making the load balancer.
    assert.deepEqual(found({ services: serving }), []);
  });

  it("go with the load balancer that nothing needs: its own as a part, the shared one with the nodes' rules", () => {
    assert.deepEqual(found({ loadBalancers: [theirs] }), [
      "load balancer theirs: Service web/cloud does not exist + sg-own",
      "security group k8s-traffic-dev-0123456789: only load balancers that are left behind have it + sgr-1",
    ]);
  });

  it("are orphans without a load balancer", () => {
    assert.deepEqual(found({}), [
      "security group k8s-web-cloud-0123456789: Service web/cloud does not exist",
      "security group k8s-traffic-dev-0123456789: no load balancer has it, and no Service names the AWS Load Balancer Controller + sgr-1",
    ]);
  });

  it("are needed by the load balancer of an Ingress that has them, and looked at only if a Service is in their tags", () => {
    const controllerGroups = [shared, ofIngress];
    assert.deepEqual(found({ loadBalancers: [ingress], controllerGroups }), []);
    assert.deepEqual(found({ controllerGroups: [ofIngress], rules: [] }), []);
  });

  it("of a load balancer that is left behind are parts, while an Ingress keeps the shared one", () => {
    assert.deepEqual(
      found({ loadBalancers: [theirs, ingress], controllerGroups: [own, shared, ofIngress] }),
      ["load balancer theirs: Service web/cloud does not exist + sg-own"],
    );
  });
});

describe("rules of the AWS Load Balancer Controller that let ranges in to the nodes", () => {
  const rules = [rule("203.0.113.0/24", "sgr-2")];

  it("are left behind once no Service names the controller and no load balancer is its own", () => {
    assert.deepEqual(found({ controllerGroups: [], rules }), [
      "firewall rules elbv2.k8s.aws/targetGroupBinding=shared: no Service names the AWS Load Balancer Controller + sgr-2",
    ]);
    assert.deepEqual(found({ controllerGroups: [], rules, services: serving }), []);
  });

  it("are needed by a load balancer without groups, of an Ingress too", () => {
    const loadBalancers = [balancer("ingress", [])];
    assert.deepEqual(found({ controllerGroups: [], rules, loadBalancers }), []);
  });
});
