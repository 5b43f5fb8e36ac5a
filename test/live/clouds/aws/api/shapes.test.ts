/** Each shape of the account, as the emulated API tells it. */
import assert from "node:assert/strict";
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import type { Tag } from "@aws-sdk/client-ec2";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import { autoscalingGroupsOf, shapes } from "../../../../../lab/clouds/aws/account/shapes/index.ts";
import { nodeGroupOf } from "../../../../../lab/clouds/aws/account/shapes/shape.ts";
import type { AccountShape, Tags } from "../../../../../lab/clouds/aws/account/shapes/shape.ts";
import { nodes } from "../../../../../lab/layout.ts";
import { liveTools } from "../../../tools.ts";
import { RunningEmulator } from "./runningEmulator.ts";

const tagsOf = (tags: readonly Tag[] = []): Tags =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

/** Whether all of the tags are there. AWS adds more of its own. */
function assertHas(found: Tags, wanted: Tags, what: string): void {
  assert.deepEqual({ ...found, ...wanted }, found, what);
}

describe("the emulated account, in each shape", function () {
  this.timeout(60_000);

  for (const [name, shape] of Object.entries<AccountShape>(shapes)) {
    it(`has what ${shape.title} leaves, and stays so when it is furnished again (${name})`, async () => {
      const aws = await RunningEmulator.start((await liveTools()).python);
      try {
        const account = await seedAccount(aws.endpoint, shape);
        assert.deepEqual(await seedAccount(aws.endpoint, shape), account);

        const { SecurityGroups = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({}));
        for (const { name: group, tags } of shape.securityGroups) {
          const found = SecurityGroups.filter(({ GroupName }) => GroupName === group);
          assert.equal(found.length, 1, group);
          assertHas(tagsOf(found[0]?.Tags), tags, group);
        }

        const { Reservations = [] } = await aws.ec2.send(new DescribeInstancesCommand({}));
        const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
        assert.equal(instances.length, nodes.length + (shape.otherInstances ?? []).length);
        for (const { name: node, zone, address } of nodes) {
          const { securityGroups, instanceTags } = nodeGroupOf(shape, zone);
          const instance = instances.find(({ PrivateIpAddress }) => PrivateIpAddress === address);
          assert.deepEqual(
            instance?.SecurityGroups?.map(({ GroupName }) => GroupName).sort(),
            [...securityGroups].sort(),
          );
          assertHas(tagsOf(instance.Tags), instanceTags(node), node);
        }

        const { AutoScalingGroups = [] } = await aws.autoScaling.send(
          new DescribeAutoScalingGroupsCommand({}),
        );
        assert.deepEqual(
          AutoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName).sort(),
          autoscalingGroupsOf(shape).sort(),
        );
        const members = AutoScalingGroups.flatMap(({ Instances = [] }) => Instances).length;
        assert.equal(members, autoscalingGroupsOf(shape).length === 0 ? 0 : nodes.length);

        const { Subnets = [] } = await aws.ec2.send(
          new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [account.vpcId] }] }),
        );
        assert.equal(Subnets.length, shape.publicSubnet === undefined ? 3 : 6);
        for (const { zone, subnetId } of account.nodes) {
          const own = Subnets.find((subnet) => subnet.SubnetId === subnetId);
          assertHas(tagsOf(own?.Tags), shape.nodeSubnet(zone), zone);
        }

        const { NetworkInterfaces = [] } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({}));
        for (const { address, description } of shape.interfaces ?? []) {
          const found = NetworkInterfaces.filter(({ PrivateIpAddress }) => PrivateIpAddress === address);
          assert.deepEqual(
            found.map(({ Description }) => Description),
            [description],
          );
        }
      } finally {
        await aws.stop();
      }
    });
  }
});
