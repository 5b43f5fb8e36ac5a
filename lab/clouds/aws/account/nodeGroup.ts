/**
 * The Auto Scaling group of the nodes' instances, tagged like that of an EKS managed node group:
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html.
 *
 * It launches nothing: an instance alone is not a node here. The lab starts the nodes and attaches their instances.
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
import { clusterName, nodes, spareNodes } from "../../../layout.ts";
import { autoscalingGroupName } from "../layout.ts";
import type { AwsClients } from "./clients.ts";

/** Image and type of the instances. They mean nothing in the lab, but the API requires them. */
export const machine = { ImageId: "ami-0123456789abcdef0", InstanceType: "m7i.large" } as const;

const tags = {
  "eks:cluster-name": clusterName,
  "eks:nodegroup-name": "nodes",
  "k8s.io/cluster-autoscaler/enabled": "true",
  [`k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
  [`kubernetes.io/cluster/${clusterName}`]: "owned",
};

/** Makes the group if it does not exist, and attaches the instances that are not in it yet. */
export async function ensureNodeGroup(
  { ec2, autoScaling }: AwsClients,
  subnetIds: readonly string[],
  instanceIds: readonly string[],
): Promise<void> {
  const { Instances = [] } = (await findGroup(autoScaling)) ?? (await makeGroup(ec2, autoScaling, subnetIds));
  const members = new Set(Instances.map(({ InstanceId }) => InstanceId));
  const missing = instanceIds.filter((id) => !members.has(id));
  if (missing.length > 0) await joinNodeGroup(autoScaling, missing);
}

/** Attaches running instances. From then on they are the group's own, also as targets of the target groups attached to it. */
export async function joinNodeGroup(
  autoScaling: AutoScalingClient,
  instanceIds: readonly string[],
): Promise<void> {
  await autoScaling.send(
    new AttachInstancesCommand({
      AutoScalingGroupName: autoscalingGroupName,
      InstanceIds: [...instanceIds],
    }),
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

async function findGroup(autoScaling: AutoScalingClient): Promise<AutoScalingGroup | undefined> {
  const { AutoScalingGroups = [] } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoscalingGroupName] }),
  );
  const [group] = AutoScalingGroups;
  // If its creation was interrupted, it may still launch. Suspending twice is not an error.
  if (group !== undefined) await suspendLaunch(autoScaling);
  return group;
}

async function makeGroup(
  ec2: EC2Client,
  autoScaling: AutoScalingClient,
  subnetIds: readonly string[],
): Promise<Pick<AutoScalingGroup, "Instances">> {
  await ensureLaunchTemplate(ec2);
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: autoscalingGroupName,
      LaunchTemplate: { LaunchTemplateName: autoscalingGroupName },
      MinSize: 0,
      MaxSize: nodes.length + spareNodes.length,
      DesiredCapacity: 0,
      VPCZoneIdentifier: subnetIds.join(","),
      Tags: Object.entries(tags).map(([Key, Value]) => ({
        Key,
        Value,
        PropagateAtLaunch: false,
        ResourceId: autoscalingGroupName,
        ResourceType: "auto-scaling-group",
      })),
    }),
  );
  await suspendLaunch(autoScaling);
  return {};
}

async function suspendLaunch(autoScaling: AutoScalingClient): Promise<void> {
  await autoScaling.send(
    new SuspendProcessesCommand({ AutoScalingGroupName: autoscalingGroupName, ScalingProcesses: ["Launch"] }),
  );
}

async function ensureLaunchTemplate(ec2: EC2Client): Promise<void> {
  const { LaunchTemplates = [] } = await ec2.send(
    new DescribeLaunchTemplatesCommand({
      Filters: [{ Name: "launch-template-name", Values: [autoscalingGroupName] }],
    }),
  );
  if (LaunchTemplates.length > 0) return;
  await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: autoscalingGroupName,
      LaunchTemplateData: machine,
    }),
  );
}
