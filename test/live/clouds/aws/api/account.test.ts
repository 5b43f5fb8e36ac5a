import assert from "node:assert/strict";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
  AssignPrivateIpAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
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

  describe("a node's network interface", () => {
    it("has the prefixes that its pods' addresses are in, and keeps them to itself", async () => {
      const { Reservations } = await emulated.aws.ec2.send(
        new DescribeInstancesCommand({ InstanceIds: [emulated.account.nodes[1]?.instanceId ?? ""] }),
      );
      const [{ Ipv4Prefixes, NetworkInterfaceId } = {}] =
        Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces ?? [];
      assert.deepEqual(
        Ipv4Prefixes?.map(({ Ipv4Prefix }) => Ipv4Prefix),
        [0, 16, 32, 48, 64, 80, 96, 112].map((last) => `10.0.17.${String(last)}/28`),
      );
      const { NetworkInterfaces } = await emulated.aws.ec2.send(
        new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [NetworkInterfaceId ?? ""] }),
      );
      assert.deepEqual(NetworkInterfaces?.[0]?.Ipv4Prefixes, Ipv4Prefixes);
      for (const prefix of ["10.0.17.0/27", "10.0.32.64/28", "10.0.16.0/28", "a block"]) {
        const more = { NetworkInterfaceId, Ipv4Prefixes: [prefix] };
        await assert.rejects(
          emulated.aws.ec2.send(new AssignPrivateIpAddressesCommand(more)),
          { name: "InvalidParameterValue" },
          prefix,
        );
      }
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
