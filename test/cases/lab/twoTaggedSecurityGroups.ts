/** Two security groups of the VPC have the cluster's tag, as EKS and its tools leave them. */
import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client, Instance } from "@aws-sdk/client-ec2";
import { clusterName } from "../../../lab/layout.ts";
import type { CaseLab } from "./caseLab.ts";
import type { LabCase } from "./labCase.ts";
import { nodeGroup } from "./ownBalancer.ts";

const clusterTag = `kubernetes.io/cluster/${clusterName}`;
const name = `eks-cluster-sg-${clusterName}`;

/** The group that EKS makes for the control plane. */
async function makeTaggedGroup(lab: CaseLab): Promise<string> {
  const { ec2 } = lab.aws;
  const { VpcId } = await nodeGroup(ec2);
  const { GroupId = "" } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: name,
      Description: "EKS created security group",
      VpcId,
      TagSpecifications: [{ ResourceType: "security-group", Tags: [{ Key: clusterTag, Value: "owned" }] }],
    }),
  );
  lab.afterwards(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId })));
  return GroupId;
}

/** Puts one of the nodes' instances into the group as well. */
async function addToInstance(lab: CaseLab, group: string): Promise<void> {
  const { ec2 } = lab.aws;
  const { InstanceId, SecurityGroups = [] } = await anInstance(ec2);
  const own = SecurityGroups.map(({ GroupId = "" }) => GroupId);
  const setGroups = (Groups: string[]) =>
    ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups }));
  lab.afterwards(() => setGroups(own));
  await setGroups([...own, group]);
}

async function anInstance(ec2: EC2Client): Promise<Instance> {
  const Filters = [
    { Name: "tag-key", Values: [clusterTag] },
    { Name: "instance-state-name", Values: ["running"] },
  ];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
  if (instance === undefined) throw new Error("no instance of the cluster is running");
  return instance;
}

let group = "";

export const twoTaggedSecurityGroups: LabCase = {
  name: "two-tagged-security-groups",
  file: "twoTaggedSecurityGroups.ts",
  title: "Two security groups with the cluster's tag",
  people: "EKS tags the group of the control plane, and a tool tags the group of the nodes.",
  right:
    "The group of the running instances is taken. Only an instance in two tagged groups is an error, which names the instance and the groups.",
  sources: [
    "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1986",
    "https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/docs/faq.md",
    "https://github.com/kubernetes/kubernetes/issues/73906",
    "https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html",
  ],
  steps: [
    {
      does: "No instance is in both groups: the program is deployed.",
      async run(lab) {
        group = await makeTaggedGroup(lab);
        return lab.command("up");
      },
      exit: 0,
      says: [/http:\/\//],
    },
    {
      does: "Both ways are compared.",
      async run(lab) {
        await lab.healthy();
        return lab.compare();
      },
      exit: 0,
      says: [/^Equivalent/],
    },
    {
      does: "One instance is in both groups, and the program is deployed again.",
      async run(lab) {
        await addToInstance(lab, group);
        return lab.command("up");
      },
      exit: 1,
      says: [/\bi-[0-9a-f]+\b/, /sg-[0-9a-f]+.*sg-[0-9a-f]+/s],
      silent: [/untag/i],
    },
    {
      does: "Both ways are compared.",
      run: (lab) => lab.compare(),
      exit: 1,
      says: [
        /the instance i-[0-9a-f]+ is in several security groups in which the controller could write its rules: sg-[0-9a-f]+, sg-[0-9a-f]+/,
      ],
    },
  ],
};
