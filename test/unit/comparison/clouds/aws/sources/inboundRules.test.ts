import assert from "node:assert/strict";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { countRules } from "../../../../../../comparison/clouds/aws/sources/inboundRules.ts";

const rule = (source: string, securityGroup = "sg-nodes"): RuleFacts => ({
  identity: { name: source, id: source },
  owner: "other",
  securityGroup,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  source,
});

describe("the inbound rules of a security group", () => {
  it("are counted for each group", () => {
    assert.deepEqual(countRules([rule("10.0.0.0/8"), rule("10.0.0.0/8", "sg-2"), rule("192.0.2.0/24")]), {
      "sg-nodes": { count: 2, isLeast: false },
      "sg-2": { count: 1, isLeast: false },
    });
  });

  it("are counted for IPv4 and IPv6 apart; the larger number counts", () => {
    assert.equal(countRules([rule("10.0.0.0/8"), rule("::/0"), rule("fd00::/8")])["sg-nodes"]?.count, 2);
  });

  it("count for both with a group as the source", () => {
    assert.equal(countRules([rule("10.0.0.0/8"), rule("sg-1"), rule("sg-2")])["sg-nodes"]?.count, 3);
    assert.equal(countRules([rule("::/0"), rule("sg-1"), rule("sg-2")])["sg-nodes"]?.count, 3);
  });

  it("may be more with a prefix list, which counts as its maximum size", () => {
    assert.deepEqual(countRules([rule("pl-1")])["sg-nodes"], { count: 1, isLeast: true });
  });
});
