/** A Network Load Balancer that somebody made by hand, with the API alone. */
import {
  AttachLoadBalancerTargetGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client, IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { autoscalingGroupName } from "../../../lab/clouds/aws/layout.ts";
import { clusterName } from "../../../lab/layout.ts";
import { healthyTargets } from "../../live/healthyTargets.ts";
import type { CaseLab } from "./caseLab.ts";

export interface OwnBalancer {
  readonly name: string;
  readonly internal: boolean;
  /** Listener ports, each with its node port. The targets are the nodes' Auto Scaling group. */
  readonly ports: Readonly<Record<number, number>>;
  /** What is opened at the nodes. */
  readonly opens: readonly Opening[];
}

export interface Opening {
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

/** Resolves once all targets are healthy. */
export async function makeOwnBalancer(
  lab: CaseLab,
  { name, internal, ports, opens }: OwnBalancer,
): Promise<void> {
  const { elbv2, autoScaling } = lab.aws;
  await openNodes(lab, opens);
  const { Subnets = [] } = await lab.aws.ec2.send(new DescribeSubnetsCommand({ Filters: ofCluster }));
  const made = await elbv2.send(
    new CreateLoadBalancerCommand({
      Name: name,
      Type: "network",
      Scheme: internal ? "internal" : "internet-facing",
      Subnets: Subnets.map(({ SubnetId = "" }) => SubnetId),
    }),
  );
  const { LoadBalancerArn, DNSName = "" } = made.LoadBalancers?.[0] ?? {};
  const TargetGroupARNs: string[] = [];
  lab.afterwards(async () => {
    await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    for (const TargetGroupArn of TargetGroupARNs)
      await elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  });
  for (const [port, nodePort] of Object.entries(ports)) {
    const { TargetGroups = [] } = await elbv2.send(
      new CreateTargetGroupCommand({
        Name: `${name}-${port}`,
        Protocol: "TCP",
        Port: nodePort,
        VpcId: Subnets[0]?.VpcId,
        TargetType: "instance",
        // The controller's: AWS's own default is 5 for healthy targets and 2 for others.
        HealthyThresholdCount: 3,
        UnhealthyThresholdCount: 3,
      }),
    );
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? "";
    TargetGroupARNs.push(TargetGroupArn);
    const DefaultActions = [{ Type: "forward", TargetGroupArn }] as const;
    await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port: Number(port),
        Protocol: "TCP",
        DefaultActions: [...DefaultActions],
      }),
    );
  }
  const attachment = { AutoScalingGroupName: autoscalingGroupName, TargetGroupARNs };
  await autoScaling.send(new AttachLoadBalancerTargetGroupsCommand(attachment));
  lab.afterwards(() => autoScaling.send(new DetachLoadBalancerTargetGroupsCommand(attachment)));
  await healthyTargets(elbv2, [DNSName]);
}

const ofCluster = [{ Name: "tag-key", Values: [`kubernetes.io/cluster/${clusterName}`] }];

/** Adds rules to the nodes' security group. */
export async function openNodes(lab: CaseLab, opens: readonly Opening[]): Promise<void> {
  const { ec2 } = lab.aws;
  const { GroupId } = await nodeGroup(ec2);
  const IpPermissions = opens.map(({ from, to, source }): IpPermission => ({
    IpProtocol: "tcp",
    FromPort: from,
    ToPort: to,
    IpRanges: [{ CidrIp: source }],
  }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  lab.afterwards(() => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })));
}

/** The security group of the lab's nodes. */
export async function nodeGroup(ec2: EC2Client): Promise<SecurityGroup> {
  const Filters = [...ofCluster, { Name: "group-name", Values: [`${clusterName}-node`] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const [group] = SecurityGroups;
  if (group === undefined) throw new Error("the lab's account has no security group of the nodes");
  return group;
}
