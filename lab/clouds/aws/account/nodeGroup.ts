/**
 * The Auto Scaling groups of the nodes' instances. They launch nothing: an instance alone is not a node here. The lab starts the nodes and attaches their
 * instances.
 */
import {
  AttachInstancesCommand,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { AutoScalingClient, AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { nodes, spareNodes } from "../../../layout.ts";
import { zoneOf } from "../layout.ts";
import type { AwsClients } from "./clients.ts";
import type { AccountNode } from "./instances.ts";
import { nodeGroupOf } from "./shapes/shape.ts";
import type { AccountShape, NodeGroupShape } from "./shapes/shape.ts";

type AutoscalingGroupShape = NonNullable<NodeGroupShape["autoscalingGroup"]>;

/** Image and type of the instances. They mean nothing in the lab, but the API requires them. */
export const machine = { ImageId: "ami-0123456789abcdef0", InstanceType: "m7i.large" } as const;

/** Makes the groups that do not exist, and attaches the instances that are not in theirs yet. */
export async function ensureNodeGroups(
  clients: AwsClients,
  shape: AccountShape,
  instances: readonly AccountNode[],
): Promise<void> {
  for (const { zones, autoscalingGroup } of shape.nodeGroups) {
    if (autoscalingGroup === undefined) continue;
    const own = instances.filter(({ zone }) => zones.some((letter) => zoneOf({ zone: letter }) === zone));
    await ensureNodeGroup(clients, autoscalingGroup, own);
  }
}

async function ensureNodeGroup(
  { ec2, autoScaling }: AwsClients,
  group: AutoscalingGroupShape,
  own: readonly AccountNode[],
): Promise<void> {
  const subnetIds = own.map(({ subnetId }) => subnetId);
  const { Instances = [] } =
    (await findGroup(autoScaling, group)) ?? (await makeGroup(ec2, autoScaling, group, subnetIds));
  const members = new Set(Instances.map(({ InstanceId }) => InstanceId));
  const missing = own.map(({ instanceId }) => instanceId).filter((id) => !members.has(id));
  if (missing.length > 0) await join(autoScaling, group, missing);
}

/** Attaches a running instance to its zone's group, if that shape has one. From then on it is the group's own, also as a target of the target groups attached to it. */
export async function joinNodeGroup(
  autoScaling: AutoScalingClient,
  shape: AccountShape,
  { zone, instanceId }: { readonly zone: string; readonly instanceId: string },
): Promise<void> {
  const { autoscalingGroup } = nodeGroupOf(shape, zone);
  if (autoscalingGroup !== undefined) await join(autoScaling, autoscalingGroup, [instanceId]);
}

async function join(
  autoScaling: AutoScalingClient,
  { name }: AutoscalingGroupShape,
  instanceIds: readonly string[],
): Promise<void> {
  await autoScaling.send(
    new AttachInstancesCommand({ AutoScalingGroupName: name, InstanceIds: [...instanceIds] }),
  );
}

/** Terminates an instance and reduces its group's size. */
export async function terminateNode({ ec2, autoScaling }: AwsClients, instanceId: string): Promise<void> {
  const { AutoScalingInstances = [] } = await autoScaling.send(
    new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId] }),
  );
  // It may never have been attached.
  if (AutoScalingInstances.length === 0)
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
  else
    await autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: instanceId,
        ShouldDecrementDesiredCapacity: true,
      }),
    );
}

async function findGroup(
  autoScaling: AutoScalingClient,
  { name }: AutoscalingGroupShape,
): Promise<AutoScalingGroup | undefined> {
  const { AutoScalingGroups = [] } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  const [group] = AutoScalingGroups;
  // If its creation was interrupted, it may still launch. Suspending twice is not an error.
  if (group !== undefined) await suspendLaunch(autoScaling, name);
  return group;
}

async function makeGroup(
  ec2: EC2Client,
  autoScaling: AutoScalingClient,
  { name, tags }: AutoscalingGroupShape,
  subnetIds: readonly string[],
): Promise<Pick<AutoScalingGroup, "Instances">> {
  await ensureLaunchTemplate(ec2, name);
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateName: name },
      MinSize: 0,
      MaxSize: nodes.length + spareNodes.length,
      DesiredCapacity: 0,
      VPCZoneIdentifier: subnetIds.join(","),
      Tags: Object.entries(tags).map(([Key, Value]) => ({
        Key,
        Value,
        PropagateAtLaunch: false,
        ResourceId: name,
        ResourceType: "auto-scaling-group",
      })),
    }),
  );
  await suspendLaunch(autoScaling, name);
  return {};
}

async function suspendLaunch(autoScaling: AutoScalingClient, name: string): Promise<void> {
  await autoScaling.send(
    new SuspendProcessesCommand({ AutoScalingGroupName: name, ScalingProcesses: ["Launch"] }),
  );
}

async function ensureLaunchTemplate(ec2: EC2Client, name: string): Promise<void> {
  const { LaunchTemplates = [] } = await ec2.send(
    new DescribeLaunchTemplatesCommand({
      Filters: [{ Name: "launch-template-name", Values: [name] }],
    }),
  );
  if (LaunchTemplates.length > 0) return;
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: machine }));
}
