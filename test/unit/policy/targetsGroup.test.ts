import assert from "node:assert/strict";
import { unknownYet } from "../../../policy/resource.ts";
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

  const inGroup = (type: string, ingress: object, more: object = {}, references = {}): DeclaredResource =>
    resource(
      type,
      "nodes",
      { ingress: [{ protocol: "tcp", fromPort: 30080, toPort: 30080, ...ingress }], ...more },
      references,
    );
  const older = (props: object, references = {}): DeclaredResource =>
    resource(
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "nodes",
      {
        type: "ingress",
        protocol: "tcp",
        fromPort: 30080,
        toPort: 30080,
        securityGroupId: "sg-nodes",
        ...props,
      },
      references,
    );
  const messages = (...resources: readonly DeclaredResource[]): string[] =>
    targetsGroup([guarded, ...resources]).map(({ message }) => message);

  for (const type of [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ])
    it(`judges the rules inside a ${type.split(":").at(-1)}`, () => {
      assert.match(messages(inGroup(type, { cidrBlocks: ["10.0.0.0/8"] })).join(), /to 10\.0\.0\.0\/8, past/);
      assert.match(
        messages(inGroup(type, { securityGroups: ["sg-web", "sg-bastion"] })).join(),
        /to sg-bastion, which/,
      );
      assert.deepEqual(messages(inGroup(type, { securityGroups: ["sg-web"] })), []);
      assert.deepEqual(messages(inGroup(type, { self: true })), []);
      // The load balancer's own group, by its id.
      assert.deepEqual(messages(inGroup(type, { cidrBlocks: ["0.0.0.0/0"] }, { id: "sg-web" })), []);
    });

  it("judges the older resource for a rule", () => {
    assert.match(messages(older({ cidrBlocks: ["10.0.0.0/8"] })).join(), /to 10\.0\.0\.0\/8, past/);
    assert.match(messages(older({ sourceSecurityGroupId: "sg-bastion" })).join(), /to sg-bastion, which/);
    assert.deepEqual(messages(older({ sourceSecurityGroupId: "sg-web" })), []);
    assert.deepEqual(messages(older({ self: true })), []);
    assert.deepEqual(messages(older({ type: "egress", cidrBlocks: ["10.0.0.0/8"] })), []);
  });

  it("knows a group by its id where the load balancer refers to it, and the other way round", () => {
    const group = resource("aws:ec2/securityGroup:SecurityGroup", "web", { id: "sg-web" });
    const planned = balancer({ securityGroups: unknownYet }, { securityGroups: [groupUrn] });
    const inline = inGroup("aws:ec2/securityGroup:SecurityGroup", { securityGroups: ["sg-web"] });
    assert.deepEqual(targetsGroup([planned, group, inline]), []);
    assert.equal(targetsGroup([planned, inline]).length, 1);
  });

  it("takes a group that is not known yet for one that the property refers to", () => {
    const group = "aws:ec2/securityGroup:SecurityGroup";
    const planned = balancer({ securityGroups: [unknownYet] }, { securityGroups: [groupUrn] });
    const of = (urn: string): string[] =>
      targetsGroup([planned, inGroup(group, { securityGroups: [unknownYet] }, {}, { ingress: [urn] })]).map(
        ({ message }) => message,
      );
    assert.deepEqual(of(groupUrn), []);
    assert.match(of(groupUrn.replace(/web$/, "bastion")).join(), /SecurityGroup::bastion, which no/);
  });

  it("leaves ports and groups that are not known yet to the next time", () => {
    assert.deepEqual(
      messages(rule({ fromPort: unknownYet, toPort: unknownYet, cidrIpv4: "10.0.0.0/8" })),
      [],
    );
    assert.deepEqual(messages(rule({ securityGroupId: unknownYet, cidrIpv4: "10.0.0.0/8" })), []);
    assert.deepEqual(
      targetsGroup([balancer({ securityGroups: unknownYet }), rule({ cidrIpv4: "10.0.0.0/8" })]),
      [],
    );
  });

  for (const type of [
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
  ])
    it(`knows ${type}`, () => {
      const other = resource(type, "web", { securityGroups: ["sg-web"] });
      assert.equal(targetsGroup([other, rule({ cidrIpv4: "10.0.0.0/8" })]).length, 1);
    });
});
