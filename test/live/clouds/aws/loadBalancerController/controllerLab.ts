/** A lab with the AWS Load Balancer Controller, and what its tests ask of it. */
import {
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import { DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";
import type { V1Service } from "@kubernetes/client-node";
import { cloudEnvironment } from "../../../../../lab/clouds/environment.ts";
import { labClients } from "../../../../../lab/clouds/aws/clients.ts";
import type { AwsClients } from "../../../../../lab/clouds/aws/clients.ts";
import { region } from "../../../../../lab/clouds/aws/layout.ts";
import { inside, labStatus } from "../../../../../lab/lab.ts";
import { nodes } from "../../../../../lab/layout.ts";
import { run } from "../../../../../lab/tools/command.ts";
import { eventually } from "../../../eventually.ts";
import { Project } from "../../../project.ts";
import { loadBalancersIn } from "../account.ts";
import { importCertificate } from "../../../../../lab/clouds/aws/certificates.ts";
import { certificateFor } from "../certificate.ts";
import { furnish } from "./account.ts";
import type { Ids } from "./account.ts";

/** Registration of a target takes 3 s instead of 180. */
const timeScale = 60;

export const namespace = "default";

/** The controller itself waits up to two minutes until a security group can be deleted. pkg/networking/backend_sg_provider.go (defaultSGDeletionTimeout) */
const deletionMs = 150_000;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: object;
}

export class ControllerLab {
  readonly project: Project;
  readonly aws: AwsClients;
  readonly cluster: CoreV1Api;
  readonly #objects: KubernetesObjectApi;

  private constructor(project: Project) {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    this.project = project;
    this.aws = labClients(project.settings);
    this.cluster = config.makeApiClient(CoreV1Api);
    this.#objects = KubernetesObjectApi.makeApiClient(config);
  }

  static async start(): Promise<ControllerLab> {
    const project = await Project.make();
    project.configure("lab:timeScale", timeScale);
    project.configure("lab:loadBalancerController", true);
    await project.succeed("lab", "up");
    return new ControllerLab(project);
  }

  stop(): Promise<void> {
    return this.project.remove();
  }

  /** Gives the account what Services name. */
  async furnish(): Promise<Ids> {
    const { AWS_ENDPOINT_URL: endpoint = "" } = cloudEnvironment(this.project.settings);
    const certificate = await importCertificate(endpoint, await certificateFor("web.example.com"));
    return furnish(this.aws, (await this.vpc()) ?? "", certificate);
  }

  async create(manifest: Manifest): Promise<void> {
    await this.#objects.create(manifest);
  }

  /** The host name of the Service's load balancer; empty until it has one. */
  async hostname(name: string): Promise<string> {
    const { status } = await this.cluster.readNamespacedService({ namespace, name });
    return status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
  }

  async servedHostname(name: string): Promise<string> {
    let host = "";
    await eventually(`Service ${name} has a load balancer`, async () => {
      host = await this.hostname(name);
      return host !== "";
    });
    return host;
  }

  /** Of a Service. */
  async change(name: string, metadata: object): Promise<void> {
    await this.cluster.patchNamespacedService(
      { namespace, name, body: { metadata } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }

  /** Deletes a Service. Resolves once it is gone, and with it what its finalizer waits for. */
  async remove(name: string): Promise<void> {
    await this.cluster.deleteNamespacedService({ namespace, name });
    await eventually(
      `Service ${name} is gone`,
      async () => !(await this.services()).includes(name),
      deletionMs,
    );
  }

  async services(): Promise<string[]> {
    const { items } = await this.cluster.listNamespacedService({ namespace });
    return items.map(({ metadata }: V1Service) => metadata?.name ?? "");
  }

  /** What the client outside the VPC is answered; rejects if nobody answers within two seconds. */
  async asked(host: string, port: number): Promise<string> {
    const { running } = labStatus(this.project.settings.directory);
    if (running === undefined) throw new Error("the lab is not running");
    const url = `http://${host}:${port}/hostname`;
    const { command, args } = inside(running, "client", ["curl", "-sS", "--max-time", "2", url]);
    return run(command, args);
  }

  /** Private subnets with the tag by which the controller finds those of internal load balancers, as an EKS cluster usually has them. */
  async addPrivateSubnets(): Promise<void> {
    const VpcId = await this.vpc();
    for (const [index, { zone }] of nodes.entries()) {
      await this.aws.ec2.send(
        new CreateSubnetCommand({
          VpcId,
          CidrBlock: `10.0.${128 + 16 * index}.0/20`,
          AvailabilityZone: `${region}${zone}`,
          TagSpecifications: [
            {
              ResourceType: "subnet",
              Tags: [
                { Key: "kubernetes.io/cluster/dev", Value: "shared" },
                { Key: "kubernetes.io/role/internal-elb", Value: "1" },
              ],
            },
          ],
        }),
      );
    }
  }

  /** With IPv6, and without a role: only whoever names them uses them. */
  async addIpv6Subnets(names: readonly string[]): Promise<void> {
    const VpcId = await this.vpc();
    await this.aws.ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }));
    for (const [index, name] of names.entries()) {
      const { Subnet } = await this.aws.ec2.send(
        new CreateSubnetCommand({
          VpcId,
          CidrBlock: `10.0.${176 + index}.0/24`,
          AvailabilityZone: name.slice(-`${region}a`.length),
          TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "Name", Value: name }] }],
        }),
      );
      const Ipv6CidrBlock = `2001:db8:1234:1a0${index}::/64`;
      await this.aws.ec2.send(
        new AssociateSubnetCidrBlockCommand({ SubnetId: Subnet?.SubnetId, Ipv6CidrBlock }),
      );
    }
  }

  private async vpc(): Promise<string | undefined> {
    const { Subnets = [] } = await this.aws.ec2.send(new DescribeSubnetsCommand({}));
    return Subnets.find(({ Tags = [] }) => Tags.some(({ Key }) => Key === "kubernetes.io/role/elb"))?.VpcId;
  }

  /** Inbound rules of the group that the nodes have. */
  async nodeRules(): Promise<{ traffic: string; source: string; description: string }[]> {
    const Filters = [{ Name: "group-name", Values: ["dev-node"] }];
    const { SecurityGroups = [] } = await this.aws.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const Values = SecurityGroups.map(({ GroupId = "" }) => GroupId);
    const { SecurityGroupRules = [] } = await this.aws.ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values }] }),
    );
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === false).map((rule) => ({
      traffic: `${rule.IpProtocol ?? ""} ${rule.FromPort ?? -1}-${rule.ToPort ?? -1}`,
      source: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? "",
      description: rule.Description ?? "",
    }));
  }
}

/** What there is in the account besides the network and the nodes. */
export async function leftoversIn(aws: AwsClients): Promise<string[]> {
  const { elbv2, ec2 } = aws;
  const balancers = await loadBalancersIn(elbv2);
  const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}));
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  return [
    ...balancers.map(({ LoadBalancerName }) => `load balancer ${LoadBalancerName ?? ""}`),
    ...TargetGroups.map(({ TargetGroupName }) => `target group ${TargetGroupName ?? ""}`),
    ...(await ownGroupsIn(aws)).map(({ GroupName }) => `security group ${GroupName ?? ""}`),
    ...SecurityGroupRules.filter(({ Description = "" }) => Description.startsWith("elbv2.k8s.aws/")).map(
      ({ SecurityGroupRuleId }) => `rule ${SecurityGroupRuleId ?? ""}`,
    ),
  ];
}

/** The security groups that the controller has made. */
export async function ownGroupsIn({ ec2 }: AwsClients): Promise<SecurityGroup[]> {
  const Filters = [{ Name: "tag-key", Values: ["elbv2.k8s.aws/cluster"] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups;
}
