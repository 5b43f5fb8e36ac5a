import assert from "node:assert/strict";
import type { NlbFacts, RuleFacts, TargetGroupFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { concerns, openingsOf } from "../../../../../../comparison/clouds/aws/sources/openings.ts";
import { plain, serviceOf } from "../../../sources/account.ts";

const checkedAt = (port: "traffic-port" | number) =>
  ({ healthCheck: { port }, members: [{ port: 30080 }] }) as unknown as TargetGroupFacts;
const withGroups = (...pools: TargetGroupFacts[]) => ({ pools }) as unknown as NlbFacts;

const rule = (ipProtocol: string, fromPort: number, toPort: number): RuleFacts => ({
  identity: { name: "r", id: "sgr-1" },
  owner: "other",
  securityGroup: "sg-nodes",
  ipProtocol,
  fromPort,
  toPort,
  source: "0.0.0.0/0",
});

describe("what must be open on the nodes for an exposure", () => {
  it("is its node ports, and the same over TCP for health checks", () => {
    const [port] = serviceOf(plain).ports;
    const service = serviceOf(plain, { ports: [{ ...port!, protocol: "UDP" }] });
    assert.deepEqual(openingsOf(service, withGroups(checkedAt("traffic-port"))), [
      { protocol: "udp", port: 30080 },
      { protocol: "tcp", port: 30080 },
    ]);
  });

  it("is the ports of health checks, Kubernetes' own and the target groups'", () => {
    const service = serviceOf(plain, { ports: [], healthCheckNodePort: 31000 });
    assert.deepEqual(openingsOf(service, withGroups(checkedAt(10256))), [
      { protocol: "tcp", port: 31000 },
      { protocol: "tcp", port: 10256 },
    ]);
  });
});

describe("whether a rule concerns an exposure", () => {
  const openings = [{ protocol: "tcp", port: 30080 }];
  const cases: readonly [RuleFacts, boolean, string][] = [
    [rule("tcp", 30080, 30080), true, "its node port"],
    [rule("tcp", 30000, 32767), true, "all node ports"],
    [rule("tcp", 30080, 30090), true, "a range that begins with it"],
    [rule("tcp", 30000, 30080), true, "a range that ends with it"],
    [rule("-1", -1, -1), true, "everything"],
    [rule("tcp", 30081, 30090), false, "a range behind it"],
    [rule("tcp", 30000, 30079), false, "a range before it"],
    [rule("udp", 30080, 30080), false, "another protocol's port of the same number"],
    [rule("icmp", 3, 4), true, "path MTU discovery"],
    [rule("icmp", 3, -1), true, "everything that says why something was not reached"],
    [rule("icmp", -1, -1), true, "all of ICMP"],
    [rule("icmp", 8, -1), false, "echo requests"],
    [rule("icmp", 3, 1), false, "another code of the same type"],
  ];
  for (const [each, does, what] of cases) {
    it(`${does ? "it does" : "it does not"} for ${what}`, () => {
      assert.equal(concerns(each, openings), does);
    });
  }
});
