import assert from "node:assert/strict";
import {
  AttachLoadBalancerTargetGroupsCommand,
  DescribeAutoScalingGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { withAws } from "../../../../../lab/clouds/aws/account/clients.ts";
import { runInstance } from "../../../../../lab/clouds/aws/account/instances.ts";
import { joinNodeGroup, terminateNode } from "../../../../../lab/clouds/aws/account/nodeGroup.ts";
import { autoscalingGroupName } from "../../../../../lab/clouds/aws/layout.ts";
import { spareNodes } from "../../../../../lab/layout.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { unique, groupArn, subnets, instances, loadBalancer, targetGroup, listener, healths, setAttribute } =
    emulated;

  describe("an Auto Scaling group", () => {
    it("registers the instances that it launches, and deregisters those that it terminates", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      const call = async (Action: string, parameters: Record<string, string>): Promise<void> => {
        const answer = await emulated.aws.query("autoscaling", {
          Action,
          Version: "2011-01-01",
          ...parameters,
        });
        assert.equal(answer.status, 200, await answer.text());
      };
      const AutoScalingGroupName = unique("asg");
      await call("CreateLaunchConfiguration", {
        LaunchConfigurationName: AutoScalingGroupName,
        ImageId: "ami-0123456789abcdef0",
        InstanceType: "m7i.large",
      });
      await call("CreateAutoScalingGroup", {
        AutoScalingGroupName,
        LaunchConfigurationName: AutoScalingGroupName,
        VPCZoneIdentifier: subnets()[0] ?? "",
        MinSize: "0",
        MaxSize: "3",
        DesiredCapacity: "2",
        "TargetGroupARNs.member.1": groupArn(group),
      });
      assert.deepEqual(await healths(group), Array(2).fill("initial Elb.RegistrationInProgress"));
      await call("SetDesiredCapacity", { AutoScalingGroupName, DesiredCapacity: "1" });
      assert.deepEqual((await healths(group)).sort(), [
        "draining Target.DeregistrationInProgress",
        "initial Elb.RegistrationInProgress",
      ]);
      await call("DeleteAutoScalingGroup", { AutoScalingGroupName, ForceDelete: "true" });
      assert.deepEqual(await healths(group), Array(2).fill("draining Target.DeregistrationInProgress"));
    });
  });

  describe("the nodes' Auto Scaling group", () => {
    const draining = "draining Target.DeregistrationInProgress";
    const registering = "initial Elb.RegistrationInProgress";
    const attach = (group: TargetGroup, name = autoscalingGroupName) =>
      emulated.aws.autoScaling.send(
        new AttachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: name,
          TargetGroupARNs: [groupArn(group)],
        }),
      );
    const detach = (group: TargetGroup) =>
      emulated.aws.autoScaling.send(
        new DetachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: autoscalingGroupName,
          TargetGroupARNs: [groupArn(group)],
        }),
      );
    async function described(): Promise<AutoScalingGroup> {
      const { AutoScalingGroups } = await emulated.aws.autoScaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoscalingGroupName] }),
      );
      return AutoScalingGroups?.[0] ?? assert.fail("no group");
    }
    async function inUse(): Promise<TargetGroup> {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await listener(balancer, group);
      return group;
    }
    // Without a data plane, load balancers take free addresses, which include those of former instances.
    let address = 250;
    const spare = () => ({
      ...(spareNodes[0] ?? assert.fail("no spare node")),
      address: `10.0.15.${(address -= 1).toString()}`,
    });
    const join = (instanceId: string) =>
      joinNodeGroup(emulated.aws.autoScaling, emulated.account.place.shape, { zone: "a", instanceId });
    const withNode = (use: (instanceId: string) => Promise<void>) =>
      withAws(emulated.aws.endpoint, async (clients) => {
        const instanceId = await runInstance(clients.ec2, emulated.account.place, spare());
        try {
          await use(instanceId);
        } finally {
          await terminateNode(clients, instanceId);
        }
      });

    it("has the nodes as its instances, and the tags of an EKS managed node group", async () => {
      const { Instances = [], Tags = [], DesiredCapacity } = await described();
      assert.deepEqual(
        Instances.map(({ InstanceId }) => InstanceId).sort(),
        emulated.account.nodes.map(({ instanceId }) => instanceId).sort(),
      );
      assert.equal(DesiredCapacity, emulated.account.nodes.length);
      assert.ok(Tags.some(({ Key, Value }) => Key === "eks:cluster-name" && Value === "dev"));
    });

    it("registers its instances with an attached target group, and deregisters them when it is detached", async () => {
      const group = await inUse();
      await attach(group);
      assert.deepEqual(await healths(group), Array(3).fill(registering));
      await attach(group);
      assert.deepEqual(await healths(group), Array(3).fill(registering));
      await detach(group);
      assert.deepEqual(await healths(group), Array(3).fill(draining));
      await assert.rejects(detach(group), { name: "ValidationError", message: /not part of the group/ });
    });

    it("registers a node that joins, and deregisters one that is terminated", async () => {
      const group = await inUse();
      await attach(group);
      await withNode(async (instanceId) => {
        assert.equal((await healths(group)).length, 3);
        await join(instanceId);
        assert.deepEqual(await healths(group), Array(4).fill(registering));
        assert.equal((await described()).DesiredCapacity, 4);
      });
      assert.deepEqual((await healths(group)).sort(), [draining, ...Array<string>(3).fill(registering)]);
      const { DesiredCapacity, Instances = [] } = await described();
      assert.deepEqual([DesiredCapacity, Instances.length], [3, 3]);
      await detach(group);
    });

    it("does not register a target again that somebody else has deregistered", async () => {
      const group = await inUse();
      await attach(group);
      await emulated.aws.elb.send(
        new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: instances().slice(0, 1) }),
      );
      await withNode((instanceId) => join(instanceId));
      assert.equal((await healths(group)).filter((state) => state === registering).length, 2);
      await detach(group);
    });

    it("keeps its attachments when the API restarts", async () => {
      const group = await inUse();
      await attach(group);
      await emulated.aws.killAndRestart();
      assert.ok((await described()).TargetGroupARNs?.includes(groupArn(group)));
      await withNode(async (instanceId) => {
        await join(instanceId);
        assert.deepEqual(await healths(group), Array(4).fill(registering));
      });
      await detach(group);
    });

    it("ignores a target group that was deleted while it was attached", async () => {
      const group = await targetGroup();
      await attach(group);
      await emulated.aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await withNode((instanceId) => join(instanceId));
      await detach(group);
    });

    it("refuses the name of an unknown group, and an unknown target group", async () => {
      const group = await targetGroup();
      await assert.rejects(attach(group, "none"), {
        name: "ValidationError",
        message: /AutoScalingGroup 'none' not found/,
      });
      await emulated.aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(group) }));
      await assert.rejects(attach(group), { name: "ValidationError", message: /ensure they exist/ });
    });
  });
});
