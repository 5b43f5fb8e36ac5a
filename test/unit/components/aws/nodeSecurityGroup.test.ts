import assert from "node:assert/strict";
import { chooseGroup } from "../../../../components/aws/nodeSecurityGroup.ts";
import type { NodeGroups } from "../../../../components/aws/nodeSecurityGroup.ts";

const node = (instanceId: string, groups: Partial<NodeGroups>): NodeGroups => ({
  instanceId,
  tagged: [],
  untagged: [],
  ...groups,
});

const refusal = (nodes: readonly NodeGroups[]): string => {
  const choice = chooseGroup("dev", nodes);
  return choice.kind === "refused" ? choice.reason : assert.fail(`chosen: ${choice.groupId}`);
};

describe("the nodes' security group", () => {
  it("is the tagged one of each instance, whatever else has the tag", () => {
    const nodes = [node("i-1", { tagged: ["sg-nodes"] }), node("i-2", { tagged: ["sg-nodes"] })];
    assert.deepEqual(chooseGroup("dev", nodes), {
      kind: "chosen",
      groupId: "sg-nodes",
      members: ["i-1", "i-2"],
    });
  });

  it("is the only one of each instance if none has the tag", () => {
    const nodes = [node("i-1", { untagged: ["sg-1"] }), node("i-2", { untagged: ["sg-1"] })];
    assert.deepEqual(chooseGroup("dev", nodes), { kind: "chosen", groupId: "sg-1", members: ["i-1", "i-2"] });
  });

  it("has no member that lacks the tagged group of the others", () => {
    const nodes = [node("i-1", { tagged: ["sg-nodes"] }), node("i-bastion", {})];
    assert.deepEqual(chooseGroup("dev", nodes), { kind: "chosen", groupId: "sg-nodes", members: ["i-1"] });
  });

  it("is refused if an instance has two tagged ones, with the instance and both groups", () => {
    const reason = refusal([
      node("i-1", { tagged: ["sg-nodes"] }),
      node("i-2", { tagged: ["sg-eks", "sg-nodes"] }),
    ]);
    assert.match(
      reason,
      /^The instance i-2 has 2 security groups with the tag kubernetes\.io\/cluster\/dev: sg-eks, sg-nodes\./,
    );
    assert.match(reason, /set nodeSecurityGroupId/);
    assert.doesNotMatch(reason, /untag/);
  });

  it("is refused if an instance has several, and none with the tag", () => {
    assert.match(
      refusal([node("i-1", { untagged: ["sg-1", "sg-2"] })]),
      /^No security group of the instance i-1 has the tag kubernetes\.io\/cluster\/dev; its groups are sg-1, sg-2\. Tag/,
    );
  });

  it("is refused if nodes have different ones", () => {
    assert.match(
      refusal([node("i-1", { tagged: ["sg-1"] }), node("i-2", { tagged: ["sg-2"] })]),
      /^The nodes have different security groups: sg-1 \(i-1\) and sg-2 \(i-2\)\. Give all nodes one group, or set/,
    );
  });
});
