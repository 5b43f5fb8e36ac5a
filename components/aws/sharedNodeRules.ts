import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { refuse } from "../core/validation.ts";
import { warnOf } from "../core/warnOf.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { pathMtuRangesOf } from "./firewallRules.ts";
import type { FirewallRule } from "./firewallRules.ts";
import { FixedRules } from "./fixedRules.ts";
import { planListeners } from "./listenerPlan.ts";
import { plannedPorts } from "./listeners.ts";
import type { NetworkLoadBalancerOptions, NetworkLoadBalancerPort } from "./options.ts";
import { ruleQuotaProblems, togetherNotes } from "./quotas.ts";
import { countRules, rulesApart, rulesDeclared, rulesTogether } from "./ruleDemand.ts";
import { loadBalancersBeside } from "./ruleOwners.ts";
import { countedRules, sourcesPath } from "./ruleSources.ts";
import { chooseSubnets } from "./subnets.ts";
import { podPortProblems } from "./targetType.ts";

/** What the rules follow from: the options that the load balancers have in common. */
export interface SharedNodeRulesArgs extends NetworkLoadBalancerOptions {
  /** Those of the load balancers. */
  readonly ports: readonly NetworkLoadBalancerPort[];
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /**
   * Whether path MTU discovery and a health check's fixed port are among the rules. Set `false` if a load balancer of another program has them already: then the rules are those for the
   * pods' ports alone.
   * @default true
   */
  readonly sharedNodeRules?: boolean;
}

/**
 * The rules in the nodes' security group that all load balancers in front of the nodes share, apart from any of them: path MTU discovery, a health check's port if it is
 * fixed, and the pods' ports with `targetType: "ip"`. For load balancers that come and go while others need the rules, as when clients move from one to another. Declare it
 * before these load balancers, which then do not declare the rules again, and give them `sharedNodeRules: false`. The AWS cloud controller manager accepts the rules if they are
 * declared before its Services, and leaves them. It costs nothing.
 *
 * If a load balancer of the stack has the rules already, give this the name and the parent of its `NodePortExposure`, or of the `NetworkLoadBalancer` if that stands by itself: then
 * the rules move from there, and back if this goes, and AWS sees no change. With another name Pulumi would make equal rules first, which AWS refuses
 * (`InvalidPermission.Duplicate`).
 */
export class SharedNodeRules extends ComponentResource {
  /** Declare LoadBalancer Services after them. */
  readonly rules: readonly SecurityGroupIngressRule[];

  /** @throws InputPropertiesError if the load balancers have no subnets, or need more rules than AWS allows */
  constructor(name: string, args: SharedNodeRulesArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:SharedNodeRules", name, {}, opts);
    const { network, securityGroups, subnetIds, scheme, quotas } = args;
    const { nodeSecurityGroupId: securityGroupId } = network;
    const choice = chooseSubnets(network.subnets, scheme, subnetIds);
    refuse(`SharedNodeRules "${name}"`, [
      ...(choice.kind === "none" ? choice.problems : []),
      ...podPortProblems(args, args.ports),
    ]);
    const subnets = choice.kind === "none" ? [] : choice.subnets;
    const subnetCidrs = subnets.map(({ cidrBlock }) => cidrBlock);
    const { firewall } = planListeners({
      ports: plannedPorts(args.ports, args),
      options: args,
      subnetCidrs,
      sharedNodeRules: args.sharedNodeRules ?? true,
      apart: rulesApart(securityGroupId),
    });
    // A rule for a load balancer's own group is that load balancer's alone, and one for a Service's node port goes with that Service.
    const fixed = securityGroups === "own" ? [] : firewall.fixed.filter(opensNoneOf(nodePortsOf(args)));
    const rules = countedRules(fixed);
    refuse(
      `SharedNodeRules "${name}"`,
      ruleQuotaProblems(
        { propertyPath: sourcesPath(args), rules, others: rulesDeclared(securityGroupId) },
        quotas,
      ),
    );
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    countRules(securityGroupId, cluster, {
      rules,
      pathMtuRanges: pathMtuRangesOf(fixed),
      subnetCidrs,
      apart: fixed.map(({ key }) => key),
    });
    warnOf(togetherNotes(rulesTogether(cluster), quotas), this);
    const [group] = securityGroups === "own" ? [] : (securityGroups ?? []);
    this.rules = new FixedRules({
      name,
      parent: this,
      securityGroupId,
      nodePorts: new Map(),
      formerPlaces: loadBalancersBeside(name, opts).map((parent) => ({ parent })),
      ...withoutUndefined({ groupOfLoadBalancer: group }),
    }).letIn(fixed);
    this.registerOutputs({});
  }
}

const nodePortsOf = ({ ports, targetType }: SharedNodeRulesArgs) =>
  new Set(targetType === "ip" ? [] : ports.map(({ nodePort }) => nodePort));

const opensNoneOf =
  (nodePorts: ReadonlySet<number | undefined>) =>
  ({ ports }: FirewallRule): boolean =>
    ports.kind !== "fixed" || !nodePorts.has(ports.fromPort);
