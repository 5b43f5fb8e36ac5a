import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../policy/resource.ts";
import { targetsGroup } from "../../../policy/rules/targetsGroup.ts";

const resource = (type: string, name: string, props: object, references = {}): DeclaredResource => ({
  type,
  name,
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  props: { ...props },
  references,
});

const groupUrn = "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web";
const balancer = (props: object, references = {}): DeclaredResource =>
  resource("aws:lb/loadBalancer:LoadBalancer", "web", props, references);
const rule = (props: object, references = {}): DeclaredResource =>
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "nodes",
    { ipProtocol: "tcp", fromPort: 30080, toPort: 30080, securityGroupId: "sg-nodes", ...props },
    references,
  );

const guarded = balancer({ securityGroups: ["sg-web"] });

describe("the policy that targets are open to their load balancers alone", () => {
  it("allows the load balancer's group, by id or while only Pulumi knows it", () => {
    assert.deepEqual(targetsGroup([guarded, rule({ referencedSecurityGroupId: "sg-web" })]), []);
    const planned = balancer({}, { securityGroups: [groupUrn] });
    assert.deepEqual(targetsGroup([planned, rule({}, { referencedSecurityGroupId: [groupUrn] })]), []);
  });

  it("refuses addresses beside the group, also those of a single network", () => {
    const [found, ...others] = targetsGroup([guarded, rule({ cidrIpv4: "203.0.113.0/24" })]);
    assert.deepEqual(others, []);
    assert.match(
      found?.message ?? "",
      /^it opens port 30080, among them node ports, to 203\.0\.113\.0\/24, past/,
    );
    assert.match(found?.urn ?? "", /::nodes$/);
  });

  it("refuses another group, unless it is the nodes' own", () => {
    assert.match(
      targetsGroup([guarded, rule({ referencedSecurityGroupId: "sg-bastion" })])[0]?.message ?? "",
      /to sg-bastion, which no load balancer has\. Remove it\.$/,
    );
    assert.deepEqual(targetsGroup([guarded, rule({ referencedSecurityGroupId: "sg-nodes" })]), []);
  });

  it("leaves the load balancer's own clients, other ports, and stacks with a load balancer without groups to other rules", () => {
    const clients = rule({ securityGroupId: "sg-web", cidrIpv4: "0.0.0.0/0" });
    assert.deepEqual(targetsGroup([guarded, clients]), []);
    assert.deepEqual(
      targetsGroup([guarded, rule({ fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" })]),
      [],
    );
    assert.deepEqual(targetsGroup([guarded, balancer({}), rule({ cidrIpv4: "203.0.113.0/24" })]), []);
    assert.deepEqual(targetsGroup([rule({ cidrIpv4: "203.0.113.0/24" })]), []);
  });
});
