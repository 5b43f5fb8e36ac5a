/** Nodes that come and go with their Auto Scaling group. */
import { CreateAutoScalingGroupCommand, DeleteAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
} from "@aws-sdk/client-ec2";
import { autoscalingGroupName } from "../../../lab/clouds/aws/layout.ts";
import type { CaseLab } from "./caseLab.ts";
import type { LabCase, Said } from "./labCase.ts";

const preview = (lab: CaseLab, keys: Readonly<Record<string, unknown>>): Promise<Said> => {
  lab.configure({ autoscalingGroupNames: [], nodeGroupNames: [], ...keys });
  return lab.command("pulumi", "preview", "--non-interactive");
};

/** A group of another cluster, in a VPC of its own. @returns its name */
async function groupElsewhere(lab: CaseLab): Promise<string> {
  const { ec2, autoScaling } = lab.aws;
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
  const VpcId = Vpc?.VpcId;
  lab.afterwards(() => ec2.send(new DeleteVpcCommand({ VpcId })));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.9.0.0/24" }));
  const SubnetId = Subnet?.SubnetId;
  lab.afterwards(() => ec2.send(new DeleteSubnetCommand({ SubnetId })));
  const AutoScalingGroupName = "eks-elsewhere";
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName: autoscalingGroupName },
      MinSize: 0,
      MaxSize: 1,
      DesiredCapacity: 0,
      VPCZoneIdentifier: SubnetId,
    }),
  );
  lab.afterwards(() => autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName })));
  return AutoScalingGroupName;
}

export const nodesByAutoScalingGroup: LabCase = {
  name: "nodes-by-auto-scaling-group",
  file: "nodesByAutoScalingGroup.ts",
  title: "Nodes by Auto Scaling group",
  people:
    "EKS managed node groups have no option for target groups: their Auto Scaling groups must be found and attached.",
  right:
    "A new node becomes a target without an update. A wrong name is an error that says which names there are, and so is a group outside the VPC.",
  sources: [
    "https://github.com/aws/containers-roadmap/issues/709",
    "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1539",
    "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupResources.html",
  ],
  steps: [
    {
      does: "The name of the node group is given as the name of an Auto Scaling group.",
      run: (lab) => preview(lab, { autoscalingGroupNames: ["nodes"] }),
      exit: 1,
      says: [
        `there is no Auto Scaling group nodes in this AWS region; there are ${autoscalingGroupName}.`,
        "nodeGroupNames",
      ],
    },
    {
      does: "An ARN is given as its name.",
      run: (lab) =>
        preview(lab, {
          autoscalingGroupNames: [
            `arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:0:autoScalingGroupName/${autoscalingGroupName}`,
          ],
        }),
      exit: 1,
      says: ["autoscalingGroupNames", /\bname\b/],
    },
    {
      does: "The Auto Scaling group is one of another VPC.",
      run: async (lab) => preview(lab, { autoscalingGroupNames: [await groupElsewhere(lab)] }),
      exit: 1,
      says: [
        /The Auto Scaling group eks-elsewhere launches instances in subnet-\S+, outside the cluster's VPC/,
      ],
    },
    {
      does: "A node group's name is wrong.",
      run: (lab) => preview(lab, { nodeGroupNames: ["workers"] }),
      exit: 1,
      says: [
        `the cluster dev has no managed node group "workers"; the Auto Scaling groups of its node groups are ${autoscalingGroupName}`,
      ],
    },
    {
      does: "The program is deployed with the node group's name, a node joins, and both ways are compared.",
      async run(lab) {
        lab.configure({ autoscalingGroupNames: [], nodeGroupNames: ["nodes"] });
        await lab.project.succeed("up");
        await lab.addNode();
        await lab.healthy(4);
        return lab.compare();
      },
      exit: 0,
      says: [/^Equivalent/],
    },
  ],
};
