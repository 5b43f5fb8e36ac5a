import assert from "node:assert/strict";
import { commandsFor, removal } from "../../../../../../comparison/clouds/aws/orphans/removal.ts";

describe("the commands that remove what is left behind", () => {
  const orphan = { reason: "", monthlyDollars: 0 };
  const group = { kind: "security group", name: "own", id: "sg-1", command: removal.securityGroup("sg-1") };
  const rule = { kind: "rule", name: "tcp", id: "sgr-1", command: removal.rule("sg-nodes", "sgr-1") };

  it("delete a load balancer before its target groups and its security group", () => {
    const targetGroup = { kind: "target group", name: "http", id: "tg", command: removal.targetGroup("tg") };
    const command = removal.loadBalancer("lb");
    const balancer = { ...orphan, kind: "load balancer", name: "a", id: "lb", command };
    assert.deepEqual(commandsFor({ ...balancer, parts: [group, targetGroup] }), [
      "aws elbv2 delete-load-balancer --load-balancer-arn lb",
      "aws elbv2 delete-target-group --target-group-arn tg",
      "aws ec2 delete-security-group --group-id sg-1",
    ]);
  });

  it("remove the rules that name a security group before the group", () =>
    assert.deepEqual(commandsFor({ ...orphan, ...group, parts: [rule] }), [
      "aws ec2 revoke-security-group-ingress --group-id sg-nodes --security-group-rule-ids sgr-1",
      "aws ec2 delete-security-group --group-id sg-1",
    ]));

  it("are those of the parts, where there is nothing else", () =>
    assert.deepEqual(
      commandsFor({
        ...orphan,
        kind: "firewall rules",
        name: "for node port 30080",
        id: "30080",
        parts: [rule],
      }),
      ["aws ec2 revoke-security-group-ingress --group-id sg-nodes --security-group-rule-ids sgr-1"],
    ));
});
