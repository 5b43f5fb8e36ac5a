import assert from "node:assert/strict";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { unusedNodePorts } from "../../../../../../comparison/clouds/aws/orphans/unusedNodePorts.ts";
import type { ExistingTargets } from "../../../../../../comparison/clouds/aws/orphans/unusedNodePorts.ts";
import type { GroupWithTargets } from "../../../../../../comparison/clouds/aws/sources/inventory.ts";
import {
  arns,
  cloud,
  loadBalancer,
  node,
  plain,
  received,
  serviceOf,
  targetGroup,
} from "../../../sources/account.ts";

const rule = (fromPort: number, changes: Partial<RuleFacts> = {}): RuleFacts => ({
  identity: { name: "clients", id: `sgr-${fromPort}` },
  owner: "other",
  securityGroup: "sg-nodes",
  ipProtocol: "tcp",
  fromPort,
  toPort: fromPort,
  source: "0.0.0.0/0",
  ...changes,
});

const group = (changes: object = {}, targets: readonly object[] = [target("i-0a")]): GroupWithTargets => ({
  group: received({ ...targetGroup("own"), ...changes }),
  targets: targets.map(received),
});
const target = (Id: string, Port = 30080): object => ({ Target: { Id, Port } });

/** Service web/plain, which had node port 30080, is gone; its load balancer `own` is there. */
const existing = (changes: Partial<ExistingTargets> = {}): ExistingTargets => ({
  vpc: "vpc-1",
  nodes: [node],
  services: [serviceOf(cloud)],
  loadBalancers: [received(loadBalancer("own"))],
  groups: [group()],
  rules: [rule(30080), rule(22), rule(30081)],
  ...changes,
});
const found = (changes: Partial<ExistingTargets> = {}): string[] =>
  unusedNodePorts(existing(changes)).map(({ kind, name }) => `${kind} ${name}`);

describe("a load balancer that no controller made", () => {
  it("is left behind if it leads to a node port that no Service has, with its target group and rules", () => {
    const [orphan, ...others] = unusedNodePorts(existing());
    assert.deepEqual(others, []);
    assert.equal(orphan?.id, arns("own").loadBalancer);
    assert.equal(orphan.reason, "no Service has node port 30080, where its target groups lead");
    assert.equal(orphan.monthlyDollars, 20.08);
    assert.deepEqual(
      orphan.parts.map(({ id }) => id),
      [arns("own").targetGroup, "sgr-30080"],
    );
  });

  it("is needed while a Service has the node port, as its own or for its health check", () => {
    assert.deepEqual(found({ services: [serviceOf(plain), serviceOf(cloud)] }), []);
    assert.deepEqual(found({ services: [serviceOf(cloud, { healthCheckNodePort: 30080 })] }), []);
  });

  it("is needed if another of its target groups leads to a Service", () => {
    const other = group({ TargetGroupArn: "arn:other" }, [target("i-0a", 30081)]);
    assert.deepEqual(found({ groups: [group(), other], rules: [] }), []);
  });

  it("is left behind without targets, if the port of its target group is such a node port", () => {
    assert.deepEqual(found({ groups: [group({}, [])] }), ["load balancer own"]);
    assert.deepEqual(found({ groups: [group({ Port: 80 }, [])], rules: [rule(80)] }), []);
  });

  it("may be of another cluster in the VPC if it has no targets, and no rule for its port is here", () => {
    assert.deepEqual(found({ groups: [group({}, [])], rules: [] }), []);
  });

  it("is somebody else's if it leads elsewhere: to other machines, another VPC, other ports", () => {
    for (const groups of [
      [group({}, [target("i-0a"), target("i-other")])],
      [group({ VpcId: "vpc-2" })],
      [group({}, [target("i-0a", 8443)])],
    ])
      assert.deepEqual(found({ groups, rules: [] }), []);
  });

  it("may lead to nodes by their addresses", () =>
    assert.deepEqual(found({ groups: [group({ TargetType: "ip" }, [target(node.address)])] }), [
      "load balancer own",
    ]));
});

describe("what is left of a load balancer that is gone", () => {
  const gone = { loadBalancers: [], groups: [group({ LoadBalancerArns: [] })] };

  it("is its target group with its rules", () => {
    const [orphan, ...others] = unusedNodePorts(existing(gone));
    assert.deepEqual(others, []);
    assert.equal(orphan?.reason, "no load balancer uses it, and no Service has node port 30080");
    assert.deepEqual(
      orphan.parts.map(({ id }) => id),
      ["sgr-30080"],
    );
  });

  it("is a rule for one node port that no Service has", () => {
    assert.deepEqual(found({ ...gone, groups: [] }), ["firewall rules for node port 30080"]);
    const rules = [
      rule(30080, { owner: "cloud controller" }),
      rule(30080, { toPort: 30090 }),
      rule(30080, { ipProtocol: "-1" }),
      rule(30081),
    ];
    assert.deepEqual(found({ ...gone, groups: [], rules }), []);
  });
});
