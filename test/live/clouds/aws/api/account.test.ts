import assert from "node:assert/strict";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { instances, loadBalancer, targetGroup, listener, healths, register, setAttribute } = emulated;

  describe("the seeded account", () => {
    it("is the same when it is seeded again", async () => {
      assert.deepEqual(await seedAccount(emulated.aws.endpoint), emulated.account);
    });

    it("has a subnet and an instance per zone", () => {
      assert.equal(new Set(emulated.account.nodes.map(({ zone }) => zone)).size, 3);
      assert.equal(new Set(emulated.account.nodes.map(({ subnetId }) => subnetId)).size, 3);
      assert.equal(new Set(emulated.account.nodes.map(({ instanceId }) => instanceId)).size, 3);
    });
  });

  describe("a terminated instance", () => {
    it("has its targets drained", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      await register(group);
      await emulated.aws.ec2.send(
        new TerminateInstancesCommand({ InstanceIds: [emulated.account.nodes[0]?.instanceId ?? ""] }),
      );
      assert.equal(
        (await healths(group)).filter((state) => state === "draining Target.DeregistrationInProgress").length,
        1,
      );
      await assert.rejects(register(group, instances().slice(0, 1)), {
        name: "InvalidTargetException",
        message: /not in a running state/,
      });
    });

    it("is replaced when the account is seeded again", async () => {
      const [first] = (await seedAccount(emulated.aws.endpoint)).nodes;
      assert.notEqual(first?.instanceId, emulated.account.nodes[0]?.instanceId);
      assert.equal(first?.address, emulated.account.nodes[0]?.address);
      const { AutoScalingGroups } = await emulated.aws.autoScaling.send(
        new DescribeAutoScalingGroupsCommand({}),
      );
      assert.deepEqual(
        AutoScalingGroups?.flatMap(({ Instances }) => Instances ?? []).length,
        emulated.account.nodes.length,
      );
    });
  });
});
