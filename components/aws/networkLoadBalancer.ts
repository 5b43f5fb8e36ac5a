import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { all, ComponentResource } from "@pulumi/pulumi";
import { Attachment } from "@pulumi/aws/autoscaling/attachment.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { defaults } from "../core/defaults.ts";
import type { Protocol } from "../core/exposure.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { defaultCrossZoneLoadBalancing } from "./defaults.ts";
import type { FirewallRule } from "./firewallRules.ts";
import { ownRules, sharedRules } from "./firewallRules.ts";
import type { ResolvedHealthCheck } from "./healthCheck.ts";
import { resolveHealthCheck } from "./healthCheck.ts";
import { nameProblems } from "./names.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { ruleQuotaProblems, targetQuotaProblems } from "./quotas.ts";
import { nodePortProblems } from "./restrictions.ts";
import { countRules, rulesDeclared } from "./ruleDemand.ts";
import { chooseSubnets } from "./subnets.ts";
import { groupProblems, targetGroupSuffix } from "./targets.ts";

/** One listener and its target group. */
export interface ListenerArgs {
  /** Unique, like the name of a Service's port. */
  readonly name: string;
  /** Port where clients connect. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: Protocol;
  /** Port of the targets: the node port. A change replaces the target group; the new one is created before the old one is deleted. */
  readonly nodePort: Input<number>;
}

export interface NetworkLoadBalancerArgs extends NetworkLoadBalancerOptions {
  readonly network: ClusterNetwork;
  readonly ports: readonly ListenerArgs[];
  /**
   * Whether to declare the rules that all load balancers in front of these nodes share (path MTU discovery, and a health check's
   * port if it is fixed). AWS keeps one rule for the same protocol, ports and source, and refuses a second
   * (`InvalidPermission.Duplicate`). Set `false` if another load balancer with the same source ranges already has them. The AWS
   * cloud controller manager accepts existing rules, so declare them before its Services.
   * @default true
   */
  readonly sharedNodeRules?: boolean;
}

/**
 * A Network Load Balancer in front of a cluster's nodes: a listener and a target group for each port, every node as a target
 * (separately, or through its Auto Scaling group), and the rules in the nodes' security group that admit the traffic. By default it
 * equals the load balancer that the AWS cloud controller manager makes for a Service of type LoadBalancer. Like that one, it has no
 * security group.
 *
 * It costs the same as the controller's: load balancer hours, capacity units, and a public IPv4 address per zone.
 */
export class NetworkLoadBalancer extends ComponentResource {
  readonly loadBalancer: LoadBalancer;
  readonly dnsName: Output<string>;
  readonly arn: Output<string>;
  /** ARNs of the target groups by the port's name. */
  readonly targetGroupArns: Output<Record<string, string>>;
  /** The rules that other load balancers need as well. Declare LoadBalancer Services after them. */
  readonly sharedNodeRules: readonly SecurityGroupIngressRule[];

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NetworkLoadBalancerArgs, opts?: ComponentResourceOptions) {
    // Empty inputs, not args: otherwise the component's registration, and with it all children, would wait for the node port.
    super("exposure:index:NetworkLoadBalancer", name, {}, opts);

    const choice = chooseSubnets(args.network.subnets, args.scheme, args.subnetIds);
    // Kubernetes checks a node port that is an output.
    const ports = args.ports.map(({ nodePort: _, ...port }) => port);
    const crossZoneLoadBalancing = args.crossZoneLoadBalancing ?? defaultCrossZoneLoadBalancing;
    refuse(`NetworkLoadBalancer "${name}"`, [
      ...nameProblems(name, ports, targetGroupSuffix(args.network)),
      ...groupProblems(args.network),
      ...nodePortProblems(args, ports),
      ...(choice.kind === "none" ? choice.problems : []),
      ...targetQuotaProblems({ ports, network: args.network, crossZoneLoadBalancing }, args.quotas),
    ]);
    const subnets = choice.kind === "none" ? [] : choice.subnets;
    const healthCheck = resolveHealthCheck(args.healthCheck, args.externalTrafficPolicy);
    const firewall = {
      ports: ports.map((port) => ({ name: port.name, protocol: port.protocol ?? defaults.protocol })),
      sourceRanges: args.loadBalancerSourceRanges,
      healthCheckPort: healthCheck.port,
      subnetCidrs: subnets.map((subnet) => subnet.cidrBlock),
    };
    const own = ownRules(firewall);
    const shared = (args.sharedNodeRules ?? true) ? sharedRules(firewall) : [];
    const rules = own.length + shared.length;
    const { nodeSecurityGroupId } = args.network;
    refuse(
      `NetworkLoadBalancer "${name}"`,
      ruleQuotaProblems({ rules, others: rulesDeclared(nodeSecurityGroupId) }, args.quotas),
    );
    countRules(nodeSecurityGroupId, rules);

    this.loadBalancer = new LoadBalancer(
      name,
      {
        loadBalancerType: "network",
        internal: (args.scheme ?? defaults.scheme) === "internal",
        subnets: subnets.map((subnet) => subnet.id),
        enableCrossZoneLoadBalancing: crossZoneLoadBalancing,
      },
      { parent: this },
    );
    const targetGroups = args.ports.map(
      (port) => [port.name, this.#forward(name, port, args, healthCheck)] as const,
    );

    for (const rule of own) this.#open(name, rule, args);
    this.sharedNodeRules = shared.map((rule) => this.#open(name, rule, args));

    this.dnsName = this.loadBalancer.dnsName;
    this.arn = this.loadBalancer.arn;
    this.targetGroupArns = all(Object.fromEntries(targetGroups.map(([port, group]) => [port, group.arn])));
    this.registerOutputs({ dnsName: this.dnsName, arn: this.arn, targetGroupArns: this.targetGroupArns });
  }

  #forward(
    name: string,
    port: ListenerArgs,
    args: NetworkLoadBalancerArgs,
    check: ResolvedHealthCheck,
  ): TargetGroup {
    const protocol = port.protocol ?? defaults.protocol;
    const targetGroup = new TargetGroup(
      `${name}-${port.name}${targetGroupSuffix(args.network)}`,
      {
        targetType: "instance",
        protocol,
        port: port.nodePort,
        vpcId: args.network.vpcId,
        healthCheck: {
          protocol: check.protocol,
          port: String(check.port),
          ...withoutUndefined({ path: check.path }),
          interval: check.intervalSeconds,
          timeout: check.timeoutSeconds,
          healthyThreshold: check.healthyThresholdCount,
          unhealthyThreshold: check.unhealthyThresholdCount,
        },
        ...withoutUndefined({
          preserveClientIp: args.preserveClientIp?.toString(),
          deregistrationDelay: args.deregistrationDelaySeconds,
        }),
      },
      // A new load balancer cannot use the old one's target groups while the old one exists, and Pulumi deletes that last.
      { parent: this, replaceWith: [this.loadBalancer] },
    );
    const attachments = this.#attach(`${name}-${port.name}`, targetGroup, args.network);
    new Listener(
      `${name}-${port.name}`,
      {
        loadBalancerArn: this.loadBalancer.arn,
        port: port.port,
        protocol,
        defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      },
      // When the target group is replaced, the listener switches to the new one only after it has its targets.
      { parent: this, dependsOn: attachments },
    );
    return targetGroup;
  }

  /** Makes the nodes targets: through their Auto Scaling groups, or each separately. */
  #attach(
    name: string,
    { arn }: TargetGroup,
    { autoscalingGroupNames, nodeInstanceIds }: ClusterNetwork,
  ): (Attachment | TargetGroupAttachment)[] {
    if (autoscalingGroupNames !== undefined)
      return autoscalingGroupNames.map(
        (autoscalingGroupName) =>
          new Attachment(
            `${name}-${autoscalingGroupName}`,
            { autoscalingGroupName, lbTargetGroupArn: arn },
            { parent: this },
          ),
      );
    return nodeInstanceIds.map(
      (targetId) =>
        new TargetGroupAttachment(`${name}-${targetId}`, { targetGroupArn: arn, targetId }, { parent: this }),
    );
  }

  #open(name: string, rule: FirewallRule, args: NetworkLoadBalancerArgs): SecurityGroupIngressRule {
    const { key, ports, ...ingress } = rule;
    const nodePort =
      ports.kind === "nodePort" ? args.ports.find((port) => port.name === ports.of)?.nodePort : undefined;
    const range =
      ports.kind === "fixed"
        ? { fromPort: ports.fromPort, toPort: ports.toPort }
        : { fromPort: nodePort, toPort: nodePort };
    return new SecurityGroupIngressRule(
      `${name}-${key}`,
      {
        securityGroupId: args.network.nodeSecurityGroupId,
        ...ingress,
        description: `${name}: ${ingress.description}`,
        ...range,
      },
      { parent: this },
    );
  }
}
