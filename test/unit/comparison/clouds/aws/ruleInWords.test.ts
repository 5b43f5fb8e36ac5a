import assert from "node:assert/strict";
import { ruleInWords } from "../../../../../comparison/clouds/aws/ruleInWords.ts";
import { ruleKey } from "../../../../../comparison/clouds/aws/shape.ts";
import type { RuleFacts } from "../../../../../comparison/clouds/aws/model.ts";
import type { Roles } from "../../../../../comparison/difference/roles.ts";

const rule = (ipProtocol: string, fromPort: number, toPort: number, source = "0.0.0.0/0"): RuleFacts => ({
  identity: { name: "", id: "sgr-1" },
  owner: "other",
  securityGroup: "sg-1",
  ...{ ipProtocol, fromPort, toPort, source },
});

describe("a rule in words", () => {
  const words: readonly (readonly [RuleFacts, string])[] = [
    [rule("tcp", 80, 80), "tcp 80 from 0.0.0.0/0"],
    [rule("udp", 80, 90), "udp 80-90 from 0.0.0.0/0"],
    [rule("icmp", 2, 3), "icmp 2/3 from 0.0.0.0/0"],
    [rule("icmpv6", 0, 4, "::/0"), "icmpv6 0/4 from ::/0"],
    [rule("58", 2, 0, "::/0"), "icmpv6 2/0 from ::/0"],
    [rule("1", 3, -1), "icmp 3/any from 0.0.0.0/0"],
    [rule("icmp", -1, -1), "all icmp from 0.0.0.0/0"],
    [rule("-1", -1, -1), "all traffic from 0.0.0.0/0"],
    [rule("tcp", 80, 80, "urn:pulumi:a::b::c::web"), "tcp 80 from the load balancer's security group"],
  ];
  for (const [of, text] of words) {
    it(text, () => {
      assert.equal(ruleInWords(of), text);
    });
  }
});

describe("the name of a rule in a comparison", () => {
  const roles = {
    nodePort: (port) => (port === 3 ? "node port of http" : String(port)),
    text: (text) => text,
  } as Roles;

  it("has the ports by their roles", () => {
    assert.equal(ruleKey(rule("tcp", 3, 3), roles), "sg-1: tcp node port of http from 0.0.0.0/0");
    assert.equal(ruleKey(rule("tcp", 3, 9), roles), "sg-1: tcp node port of http-9 from 0.0.0.0/0");
  });

  it("has type and code of ICMP, which are no ports", () => {
    assert.equal(ruleKey(rule("icmp", 3, 4), roles), "sg-1: icmp 3/4 from 0.0.0.0/0");
    assert.equal(ruleKey(rule("icmpv6", 2, 0, "::/0"), roles), "sg-1: icmpv6 2/0 from ::/0");
  });
});
