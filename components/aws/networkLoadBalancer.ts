import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { all, ComponentResource } from "@pulumi/pulumi";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { defaults } from "../core/defaults.ts";
import { onceKnown } from "../core/onceKnown.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { loadBalancerAttributes } from "./attributes.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { defaultCrossZoneLoadBalancing } from "./defaults.ts";
import { forward } from "./forwarding.ts";
import type { Forwarding } from "./forwarding.ts";
import { resolveHealthCheck } from "./healthCheck.ts";
import { letIn } from "./ingressRules.ts";
import type { RulePlace } from "./ingressRules.ts";
import { listenersOf } from "./listeners.ts";
import type { ListenerArgs } from "./listeners.ts";
import { firewallOf } from "./loadBalancerFirewall.ts";
import { nameProblems } from "./names.ts";
import { placement, replacement } from "./placement.ts";
import { notes, warnOf } from "./notes.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { ownGroupQuotaProblems, ruleQuotaProblems, targetQuotaProblems, togetherNotes } from "./quotas.ts";
import { nodePortProblems } from "./restrictions.ts";
import { countRules, rulesDeclared, rulesTogether } from "./ruleDemand.ts";
import { declareGroups } from "./securityGroups.ts";
import { countedRules, sourcesPath } from "./ruleSources.ts";
import { chooseSubnets } from "./subnets.ts";
import { nodeSelectorProblems, requireController } from "./targetGroupBinding.ts";
import type { BoundService } from "./targetGroupBinding.ts";
import { bindingProblems, groupProblems, targetGroupSuffix } from "./targets.ts";
import { regionProblems } from "./tlsProblems.ts";

export interface NetworkLoadBalancerArgs extends NetworkLoadBalancerOptions {
  readonly network: ClusterNetwork;
  readonly ports: readonly ListenerArgs[];
  /**
   * Whether to declare the rules that all load balancers in front of these nodes share (path MTU discovery, and a health check's
   * port if it is fixed). AWS keeps one rule for the same protocol, ports and source, and refuses a second
   * (`InvalidPermission.Duplicate`). Set `false` if another load balancer with the same source ranges, or the same given security group, already has
   * them. The AWS cloud controller manager accepts existing rules, so declare them before its Services. A load balancer with a security group of
   * its own shares none.
   * @default true
   */
  readonly sharedNodeRules?: boolean;
  /**
   * The Service whose nodes the AWS Load Balancer Controller registers, in place of the program. Each of `ports` must have the name of one of the Service's ports,
   * and its node port.
   * @default the program attaches the network's nodes or Auto Scaling groups
   */
  readonly targetGroupBinding?: BoundService;
}

/**
 * A Network Load Balancer in front of a cluster's nodes: a listener and a target group for each port, every node as a target
 * (separately, through its Auto Scaling group, or by the AWS Load Balancer Controller), and the rules in the nodes' security group that admit the traffic. By default it
 * equals the load balancer that the AWS cloud controller manager makes for a Service of type LoadBalancer. Like that one, it has no
 * security group unless `securityGroups` is set.
 *
 * It costs the same as the controller's: load balancer hours, capacity units, and a public IPv4 address per zone.
 */
export class NetworkLoadBalancer extends ComponentResource {
  readonly loadBalancer: LoadBalancer;
  readonly dnsName: Output<string>;
  readonly arn: Output<string>;
  /** The one that the program makes; undefined unless `securityGroups` is "own". */
  readonly securityGroup: SecurityGroup | undefined;
  /** ARNs of the target groups by the port's name. */
  readonly targetGroupArns: Output<Record<string, string>>;
  /** The rules that other load balancers need as well. Declare LoadBalancer Services after them. */
  readonly sharedNodeRules: readonly SecurityGroupIngressRule[];
  /**
   * All rules in the nodes' security group. They are named after their node ports, so they are declared once Kubernetes has allocated those. A
   * preview of a first update names them after the listeners' ports instead.
   */
  readonly nodeRules: Output<readonly SecurityGroupIngressRule[]>;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NetworkLoadBalancerArgs, opts?: ComponentResourceOptions) {
    // Empty inputs, not args: otherwise the component's registration, and with it all children, would wait for the node port.
    super("exposure:index:NetworkLoadBalancer", name, {}, opts);

    const choice = chooseSubnets(args.network.subnets, args.scheme, args.subnetIds);
    // Kubernetes checks a node port that is an output.
    const ports = args.ports.map(({ nodePort: _, ...port }) => port);
    const listening = listenersOf(args.ports);
    const crossZoneLoadBalancing = args.crossZoneLoadBalancing ?? defaultCrossZoneLoadBalancing;
    const { suffix, deletesFirst, options } = replacement(args);
    const { targetGroupBinding } = args;
    const isBound = targetGroupBinding !== undefined;
    refuse(`NetworkLoadBalancer "${name}"`, [
      ...nameProblems(name, ports, `${targetGroupSuffix(args.network, isBound)}${suffix}`),
      ...groupProblems(args.network),
      ...bindingProblems(args.network, isBound),
      ...nodeSelectorProblems(targetGroupBinding ?? {}),
      ...nodePortProblems(args, ports),
      ...regionProblems(
        ports,
        args.network.subnets.map(({ availabilityZone }) => availabilityZone),
      ),
      ...(choice.kind === "none" ? choice.problems : []),
      ...targetQuotaProblems(
        { ports: listening, network: args.network, crossZoneLoadBalancing },
        args.quotas,
      ),
    ]);
    const subnets = choice.kind === "none" ? [] : choice.subnets;
    const listeners = listening.map((port) => ({
      ...port,
      healthCheck: resolveHealthCheck(port.healthCheck ?? args.healthCheck, args.externalTrafficPolicy),
    }));
    const { loadBalancerSourceRanges, securityGroups } = args;
    const subnetCidrs = subnets.map(({ cidrBlock }) => cidrBlock);
    const firewall = firewallOf({
      ports: listeners.map(({ name, port, protocol, healthCheck }) => ({
        name,
        port,
        protocol,
        healthCheckPort: healthCheck.port,
      })),
      options: args,
      subnetCidrs,
      sharedNodeRules: args.sharedNodeRules ?? true,
    });
    const rules = countedRules([...firewall.own({}), ...firewall.shared]);
    const propertyPath = sourcesPath(args);
    const { nodeSecurityGroupId: securityGroupId } = args.network;
    refuse(`NetworkLoadBalancer "${name}"`, [
      ...ruleQuotaProblems(
        {
          propertyPath,
          rules,
          others: rulesDeclared(securityGroupId),
          ...(securityGroups === undefined
            ? { fix: 'merge ranges, remove ports, set securityGroups to "own"' }
            : {}),
        },
        args.quotas,
      ),
      ...ownGroupQuotaProblems(countedRules(firewall.ofOwnGroup), args.quotas, propertyPath),
    ]);
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    countRules(securityGroupId, cluster, {
      rules,
      // Rules that the controller would make as well, and finds.
      pathMtuRanges:
        firewall.shared.length === 0 || securityGroups !== undefined ? [] : loadBalancerSourceRanges,
      subnetCidrs,
    });
    warnOf([...notes(args, ports), ...togetherNotes(rulesTogether(cluster), args.quotas)], this);

    const groups = declareGroups(name, args, this);
    this.securityGroup = groups.own;
    this.loadBalancer = new LoadBalancer(
      `${name}${suffix}`,
      {
        loadBalancerType: "network",
        internal: (args.scheme ?? defaults.scheme) === "internal",
        ...placement(
          args,
          subnets.map((subnet) => subnet.id),
        ),
        ...loadBalancerAttributes(args),
        ...withoutUndefined({ name: args.loadBalancerName, tags: args.tags, securityGroups: groups.ids }),
      },
      { parent: this, ...options },
    );
    const forwarding: Forwarding = {
      name,
      suffix,
      deletesFirst,
      loadBalancer: this.loadBalancer,
      network: args.network,
      options: args,
      ...withoutUndefined({
        tags: args.tags,
        binding: targetGroupBinding && {
          service: targetGroupBinding,
          definition: requireController(name, this),
        },
      }),
      parent: this,
    };
    const targetGroups = listeners.flatMap((port) => {
      const group = forward(port, forwarding);
      return port.names.map((each) => [each, group] as const);
    });

    const nodePorts = new Map(listeners.map(({ port, nodePort }) => [port, nodePort]));
    const declaredFor = { name, nodePorts, parent: this };
    const place: RulePlace = {
      ...declaredFor,
      securityGroupId,
      ...withoutUndefined({ groupOfLoadBalancer: groups.ids?.[0] }),
    };
    this.sharedNodeRules = firewall.shared.map((rule) => letIn(rule, place));
    this.nodeRules = onceKnown(Object.fromEntries(nodePorts), (known) => [
      ...this.sharedNodeRules,
      ...firewall.own(known).map((rule) => letIn(rule, place)),
    ]);
    if (groups.own !== undefined)
      for (const rule of firewall.ofOwnGroup) letIn(rule, { ...declaredFor, securityGroupId: groups.own.id });

    this.dnsName = this.loadBalancer.dnsName;
    this.arn = this.loadBalancer.arn;
    this.targetGroupArns = all(Object.fromEntries(targetGroups.map(([port, group]) => [port, group.arn])));
    this.registerOutputs({
      dnsName: this.dnsName,
      arn: this.arn,
      targetGroupArns: this.targetGroupArns,
      nodeRuleArns: this.nodeRules.apply((made) => all(made.map((rule) => rule.arn))),
    });
  }
}
