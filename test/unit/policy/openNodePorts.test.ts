import assert from "node:assert/strict";
import { openNodePorts } from "../../../policy/rules/openNodePorts.ts";

const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const world = { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", securityGroupId: "sg-nodes" };

const problems = (props: object, type = rule): string[] => openNodePorts({ type, props: { ...props } });

describe("the policy that node ports are closed to the world", () => {
  it("names the range, the ports and the fix", () => {
    assert.deepEqual(problems({ ...world, fromPort: 30080, toPort: 30080 }), [
      "0.0.0.0/0 may reach port 30080, among them node ports (30000 to 32767). Let in the load balancer's security group, or name who may connect.",
    ]);
  });

  const open: Readonly<Record<string, object>> = {
    "one node port": { ...world, fromPort: 32767, toPort: 32767 },
    "a range that ends in the node ports": { ...world, fromPort: 1, toPort: 30000 },
    "a range around them": { ...world, fromPort: 0, toPort: 65535 },
    "every protocol": { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" },
    "a protocol by its number": { ...world, ipProtocol: "17", fromPort: 30000, toPort: 30001 },
    "all of IPv6": { ipProtocol: "tcp", fromPort: 30080, toPort: 30080, cidrIpv6: "::/0" },
    "half of the world": { ...world, cidrIpv4: "128.0.0.0/1", fromPort: 30080, toPort: 30080 },
  };
  for (const [what, props] of Object.entries(open))
    it(`refuses ${what}`, () => assert.equal(problems(props).length, 1));

  const closed: Readonly<Record<string, object>> = {
    "other ports": { ...world, fromPort: 443, toPort: 443 },
    "the ports beside them": { ...world, fromPort: 32768, toPort: 65535 },
    ICMP: { ...world, ipProtocol: "icmp", fromPort: 3, toPort: 4 },
    "a network": { ...world, cidrIpv4: "203.0.113.0/24", fromPort: 30080, toPort: 30080 },
    "a security group": {
      ipProtocol: "tcp",
      fromPort: 30080,
      toPort: 30080,
      referencedSecurityGroupId: "sg-1",
    },
    "a network of IPv6": { ipProtocol: "tcp", fromPort: 30080, toPort: 30080, cidrIpv6: "2001:db8::/32" },
  };
  for (const [what, props] of Object.entries(closed))
    it(`allows ${what}`, () => assert.deepEqual(problems(props), []));

  it("reads the older resource for a rule, and rules inside a group", () => {
    const inline = {
      protocol: "tcp",
      fromPort: 30000,
      toPort: 32767,
      cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
    };
    const old = "aws:ec2/securityGroupRule:SecurityGroupRule";
    assert.equal(problems({ type: "ingress", ...inline }, old).length, 1);
    assert.deepEqual(problems({ type: "egress", ...inline }, old), []);
    const group = { ingress: [inline, { ...inline, fromPort: 443, toPort: 443 }] };
    assert.equal(problems(group, "aws:ec2/securityGroup:SecurityGroup").length, 1);
    assert.deepEqual(problems({ ...world, fromPort: 30080, toPort: 30080 }, "other:index:Thing"), []);
  });
});
