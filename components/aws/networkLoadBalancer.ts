import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { all, ComponentResource } from "@pulumi/pulumi";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { defaults } from "../core/defaults.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { warnOf } from "../core/warnOf.ts";
import { loadBalancerAttributes } from "./attributes.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { declareListeners } from "./declareListeners.ts";
import { importing, importProblems } from "./importedLoadBalancer.ts";
import type { ImportedLoadBalancer } from "./importedLoadBalancer.ts";
import { Joinable } from "./joinable.ts";
import { dualstackSubnetsProblems } from "./ipAddressType.ts";
import { memberOf, planListeners } from "./listenerPlan.ts";
import { listenersOf } from "./listeners.ts";
import type { ListenerArgs } from "./listeners.ts";
import { declareLogBucket } from "./logBucket.ts";
import { placement, replacement } from "./placement.ts";
import { notes } from "./notes.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { crossesZones, targetQuotaProblems, togetherNotes } from "./quotas.ts";
import { nodePortProblems } from "./restrictions.ts";
import { countPlan, planRuleProblems } from "./planRules.ts";
import { rulesApart, rulesOfOthers, rulesTogether } from "./ruleDemand.ts";
import { declareGroups } from "./securityGroups.ts";
import { loadBalancerLevel, withoutPortsProblems } from "./sharing.ts";
import { chooseSubnets } from "./subnets.ts";
import type { BoundService } from "./targetGroupBinding.ts";
import { targetGroupProblems } from "./targetGroupProblems.ts";
import { podTargetProblems } from "./targetType.ts";

/** Of a load balancer, alone or for exposures that join it. Who may connect is said by each exposure. */
export interface NetworkLoadBalancerArgs extends Omit<
  NetworkLoadBalancerOptions,
  "loadBalancerSourceRanges"
> {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /**
   * Ports of its own. Exposures that join the load balancer bring theirs.
   * @default none
   */
  readonly ports?: readonly ListenerArgs[];
  /**
   * IPv4 ranges in CIDR notation from which clients may connect to the load balancer's own ports. Required if it has any; every exposure that joins has its own.
   * @default none
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * Whether to declare the rules that all load balancers in front of these nodes share (path MTU discovery, and a health check's
   * port if it is fixed). Exposures that join the load balancer share them with it. AWS keeps one rule for the same protocol, ports and source, and refuses a second
   * (`InvalidPermission.Duplicate`). Set `false` if another load balancer with the same source ranges, or the same given security group, already has
   * them, or `SharedNodeRules` do. The AWS cloud controller manager accepts existing rules, so declare them before its Services. A load balancer with a security group of
   * its own shares none.
   * @default true
   */
  readonly sharedNodeRules?: boolean;
  /**
   * The Service whose nodes the AWS Load Balancer Controller registers, in place of the program. Each of `ports` must have the name of one of the Service's ports,
   * and its node port. With `targetType: "ip"` it registers the Service's pods; then `nodePort` is the pods' port, and the Service may be of type ClusterIP.
   * @default the program attaches the network's nodes or Auto Scaling groups
   */
  readonly targetGroupBinding?: BoundService;
  /**
   * A load balancer that the AWS cloud controller manager has made, from `findLoadBalancer`: it becomes the program's, with its listeners, its target groups and its rules, and
   * without an interruption. The other options should describe it as it is: Pulumi changes in the same update what they describe otherwise, and refuses only a
   * replacement. The node ports must be numbers. Keep the option as long as the load balancer lives: it says which names AWS's objects have. The controller's tags and descriptions stay on them. docs/moving.md has the order of steps, and how the
   * controller lets go. It costs nothing: nothing is made. If the controller keeps other load balancers in front of these nodes, set `sharedNodeRules` to `false`.
   * @default a new load balancer
   */
  readonly import?: ImportedLoadBalancer;
}

/**
 * A Network Load Balancer in front of a cluster's nodes: a listener and a target group for each port, every node as a target
 * (separately, through its Auto Scaling group, or by the AWS Load Balancer Controller), and the rules in the nodes' security group that admit the traffic. By default it
 * equals the load balancer that the AWS cloud controller manager makes for a Service of type LoadBalancer. Like that one, it has no
 * security group unless `securityGroups` is set.
 *
 * It costs the same as the controller's: load balancer hours, capacity units, and a public IPv4 address per zone. Several exposures may join one
 * (`NodePortExposure`, `loadBalancer`): then these hours and addresses are paid once for all of them. It has at most 50 listeners.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
export class NetworkLoadBalancer extends ComponentResource {
  /** As `@pulumi/aws` has it, for what this component has no option for. */
  readonly loadBalancer: LoadBalancer;
  /** The name that AWS gives it. Its addresses are those of its zones. */
  readonly dnsName: Output<string>;
  /** Names it in policies and in other resources. */
  readonly arn: Output<string>;
  /** The one that the program makes; undefined unless `securityGroups` is "own". */
  readonly securityGroup: SecurityGroup | undefined;
  /** ARNs of the target groups of its own ports by the port's name. */
  readonly targetGroupArns: Output<Record<string, string>>;
  /**
   * All rules in the nodes' security group for its own ports. They are named after their node ports, so they are declared once Kubernetes has allocated those. A
   * preview of a first update names them after the listeners' ports instead.
   */
  readonly nodeRules: Output<readonly SecurityGroupIngressRule[]>;
  /**
   * What exposures that join the load balancer need of it.
   * @internal
   */
  readonly joinable: Joinable;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NetworkLoadBalancerArgs, opts?: ComponentResourceOptions) {
    // Empty inputs, not args: otherwise the component's registration, and with it all children, would wait for the node port.
    super("exposure:index:NetworkLoadBalancer", name, {}, opts);

    const { network, targetGroupBinding, import: imported } = args;
    const ports = args.ports ?? [];
    const noRanges = { loadBalancerSourceRanges: [] };
    // AWS cannot rename it, so it is one with a name of its own.
    const named = withoutUndefined({ loadBalancerName: imported?.name ?? args.loadBalancerName });
    const options: NetworkLoadBalancerOptions = { ...noRanges, ...args, ...named };
    const ofLoadBalancer = loadBalancerLevel(options);
    const choice = chooseSubnets(network.subnets, args.scheme, args.subnetIds);
    // Kubernetes checks a node port that is an output.
    const listenerPorts = ports.map(({ nodePort: _, ...port }) => port);
    const crossZoneLoadBalancing = crossesZones(args);
    const replacing = replacement(options);
    const { suffix, deletesFirst } = replacing;
    refuse(`NetworkLoadBalancer "${name}"`, [
      ...targetGroupProblems({
        name,
        ports: listenerPorts,
        network,
        binding: targetGroupBinding,
        targetType: args.targetType,
        suffix,
      }),
      ...importProblems(imported, ports, args),
      ...podTargetProblems(args, targetGroupBinding),
      ...(ports.length === 0
        ? [...withoutPortsProblems(args), ...nodePortProblems({ ...ofLoadBalancer, ...noRanges }, [], true)]
        : nodePortProblems(options, listenerPorts)),
      ...(choice.kind === "none" ? choice.problems : dualstackSubnetsProblems(args, choice.subnets)),
      // How many pods there are is not known.
      ...(args.targetType === "ip"
        ? []
        : targetQuotaProblems({ ports: listenersOf(ports), network, crossZoneLoadBalancing }, args.quotas)),
    ]);
    const subnets = choice.kind === "none" ? [] : choice.subnets;
    const sharedNodeRules = args.sharedNodeRules ?? true;
    const subnetCidrs = subnets.map(({ cidrBlock }) => cidrBlock);
    const plan = planListeners({
      ports,
      options,
      subnetCidrs,
      sharedNodeRules,
      apart: rulesApart(network.nodeSecurityGroupId),
      ofOthers: rulesOfOthers(network.nodeSecurityGroupId),
    });
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    refuse(`NetworkLoadBalancer "${name}"`, planRuleProblems(plan, { options, network }));

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
        ...withoutUndefined({ name: options.loadBalancerName, tags: args.tags, securityGroups: groups.ids }),
      },
      {
        parent: this,
        ...replacing.options,
        ...importing(imported?.arn),
        dependsOn: declareLogBucket(name, args, this),
      },
    );
    this.joinable = new Joinable({
      name,
      component: this,
      loadBalancer: this.loadBalancer,
      suffix,
      deletesFirst,
      options: ofLoadBalancer,
      network,
      subnets,
      groups,
      sharedNodeRules,
      ...withoutUndefined({ imported }),
    });
    countPlan(plan, { network, cluster }, this.joinable);
    warnOf([...notes(options, listenerPorts), ...togetherNotes(rulesTogether(cluster), args.quotas)], this);
    if (ports.length > 0) this.joinable.members.push(memberOf(name, ports, options, network));
    const listening = declareListeners(
      plan,
      {
        name,
        network,
        options,
        isJoining: false,
        parent: this,
        ...withoutUndefined({ targetGroupBinding, formerParent: opts?.parent }),
      },
      this.joinable,
    );

    this.nodeRules = listening.nodeRules;
    this.targetGroupArns = listening.targetGroupArns;
    this.dnsName = this.loadBalancer.dnsName;
    this.arn = this.loadBalancer.arn;
    this.registerOutputs({
      dnsName: this.dnsName,
      arn: this.arn,
      targetGroupArns: this.targetGroupArns,
      nodeRuleArns: this.nodeRules.apply((made) => all(made.map((rule) => rule.arn))),
    });
  }

  /** The rules that other load balancers need as well, of its own ports and of the exposures that have joined so far. Declare LoadBalancer Services after them. */
  get sharedNodeRules(): readonly SecurityGroupIngressRule[] {
    return this.joinable.sharedNodeRules;
  }
}
