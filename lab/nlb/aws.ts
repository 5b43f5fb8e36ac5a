/** Reads the ELBv2 and EC2 APIs into facts. */
import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  Attributes,
  AwsFacts,
  ListenerFacts,
  LoadBalancerFacts,
  TargetFacts,
  TargetGroupFacts,
} from "./facts.ts";

/** The APIs of one account and region. A call that fails is not repeated: the next poll is the retry. */
export class Aws {
  readonly #elb: ElasticLoadBalancingV2Client;
  readonly #ec2: EC2Client;

  constructor(endpoint: string, region: string) {
    const settings = {
      endpoint,
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 },
    };
    this.#elb = new ElasticLoadBalancingV2Client(settings);
    this.#ec2 = new EC2Client(settings);
  }

  /** Everything the data plane needs. One call at a time: the emulator serves one at a time too. */
  async read(): Promise<AwsFacts> {
    const loadBalancers: LoadBalancerFacts[] = [];
    for await (const page of paginateDescribeLoadBalancers({ client: this.#elb }, {})) {
      for (const balancer of page.LoadBalancers ?? []) {
        if (balancer.Type === "network") loadBalancers.push(await this.#loadBalancer(balancer));
      }
    }
    const targetGroups: TargetGroupFacts[] = [];
    const used = new Set(
      loadBalancers.flatMap(({ listeners }) => listeners.map((listener) => listener.targetGroupArn)),
    );
    for await (const page of paginateDescribeTargetGroups({ client: this.#elb }, {})) {
      for (const group of page.TargetGroups ?? []) {
        if (used.has(group.TargetGroupArn ?? "")) targetGroups.push(await this.#targetGroup(group));
      }
    }
    return { loadBalancers, targetGroups, ...(await this.#network()) };
  }

  async #loadBalancer(balancer: LoadBalancer): Promise<LoadBalancerFacts> {
    const arn = balancer.LoadBalancerArn ?? "";
    const { Listeners } = await this.#elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
    const { Attributes } = await this.#elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
    );
    return {
      arn,
      name: balancer.LoadBalancerName ?? "",
      dnsName: balancer.DNSName ?? "",
      scheme: balancer.Scheme === "internal" ? "internal" : "internet-facing",
      state: balancer.State?.Code ?? "",
      zones: (balancer.AvailabilityZones ?? []).map(({ ZoneName, SubnetId }) => ({
        zone: ZoneName ?? "",
        subnetId: SubnetId ?? "",
      })),
      securityGroups: balancer.SecurityGroups ?? [],
      attributes: attributes(Attributes),
      listeners: (Listeners ?? []).map((listener): ListenerFacts => {
        const [action] = listener.DefaultActions ?? [];
        const group = action?.TargetGroupArn ?? action?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
        return {
          arn: listener.ListenerArn ?? "",
          protocol: listener.Protocol ?? "",
          port: listener.Port ?? 0,
          targetGroupArn: group ?? "",
        };
      }),
    };
  }

  async #targetGroup(group: TargetGroup): Promise<TargetGroupFacts> {
    const arn = group.TargetGroupArn ?? "";
    const health = await this.#elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
    const { Attributes } = await this.#elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }),
    );
    return {
      arn,
      protocol: group.Protocol ?? "TCP",
      port: group.Port ?? 0,
      targetType: group.TargetType ?? "instance",
      healthCheck: {
        protocol: group.HealthCheckProtocol ?? "TCP",
        port: group.HealthCheckPort ?? "traffic-port",
        path: group.HealthCheckPath ?? "/",
        matcher: group.Matcher?.HttpCode ?? "200-399",
        intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
        timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 10,
        healthyThreshold: group.HealthyThresholdCount ?? 5,
        unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
      },
      attributes: attributes(Attributes),
      targets: (health.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }): TargetFacts => ({
        id: Target?.Id ?? "",
        port: Target?.Port ?? group.Port ?? 0,
        state: TargetHealth?.State ?? "initial",
        reason: TargetHealth?.Reason ?? "",
      })),
    };
  }

  async #network(): Promise<Pick<AwsFacts, "instances" | "subnets" | "securityGroups">> {
    const { Reservations } = await this.#ec2.send(new DescribeInstancesCommand({}));
    const { Subnets } = await this.#ec2.send(new DescribeSubnetsCommand({}));
    const { SecurityGroups } = await this.#ec2.send(new DescribeSecurityGroupsCommand({}));
    return {
      instances: (Reservations ?? [])
        .flatMap(({ Instances }) => Instances ?? [])
        .filter(({ State }) => State?.Name === "running")
        .map((instance) => ({
          id: instance.InstanceId ?? "",
          address: instance.PrivateIpAddress ?? "",
          zone: instance.Placement?.AvailabilityZone ?? "",
          securityGroups: (instance.SecurityGroups ?? []).map(({ GroupId }) => GroupId ?? ""),
        })),
      subnets: (Subnets ?? []).map(({ SubnetId, CidrBlock, AvailabilityZone }) => ({
        id: SubnetId ?? "",
        cidr: CidrBlock ?? "",
        zone: AvailabilityZone ?? "",
      })),
      securityGroups: (SecurityGroups ?? []).map(({ GroupId, IpPermissions }) => ({
        id: GroupId ?? "",
        ingress: (IpPermissions ?? []).map(
          ({ IpProtocol, FromPort, ToPort, IpRanges, UserIdGroupPairs }) => ({
            protocol: IpProtocol ?? "-1",
            fromPort: FromPort ?? -1,
            toPort: ToPort ?? -1,
            cidrs: (IpRanges ?? []).flatMap(({ CidrIp }) => (CidrIp === undefined ? [] : [CidrIp])),
            groups: (UserIdGroupPairs ?? []).flatMap(({ GroupId: id }) => (id === undefined ? [] : [id])),
          }),
        ),
      })),
    };
  }
}

function attributes(
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Attributes {
  return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}
