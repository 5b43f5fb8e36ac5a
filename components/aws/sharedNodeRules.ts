import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { ComponentResource, createUrn } from "@pulumi/pulumi";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { FixedRules } from "./fixedRules.ts";
import { planListeners } from "./listenerPlan.ts";
import type { NetworkLoadBalancerOptions, NetworkLoadBalancerPort } from "./options.ts";
import { chooseSubnets } from "./subnets.ts";

/** What the rules follow from: the options that the load balancers have in common. */
export interface SharedNodeRulesArgs extends NetworkLoadBalancerOptions {
  /** Those of the load balancers. */
  readonly ports: readonly NetworkLoadBalancerPort[];
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
}

/**
 * The rules in the nodes' security group that all load balancers in front of the nodes share, apart from any of them: path MTU discovery, and a health check's port if it is
 * fixed. For load balancers that come and go while others need the rules, as when clients move from one to another. These load balancers have
 * `sharedNodeRules: false`. The AWS cloud controller manager accepts the rules if they are declared before its Services, and leaves them. It costs nothing.
 */
export class SharedNodeRules extends ComponentResource {
  /** Declare LoadBalancer Services after them. */
  readonly rules: readonly SecurityGroupIngressRule[];

  /** @throws InputPropertiesError if the load balancers have no subnets */
  constructor(name: string, args: SharedNodeRulesArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:SharedNodeRules", name, {}, opts);
    const { network, securityGroups, subnetIds, scheme } = args;
    const choice = chooseSubnets(network.subnets, scheme, subnetIds);
    refuse(`SharedNodeRules "${name}"`, choice.kind === "none" ? choice.problems : []);
    const subnets = choice.kind === "none" ? [] : choice.subnets;
    const { firewall } = planListeners({
      // These rules open no node port.
      ports: args.ports.map(({ nodePort = 0, ...port }) => ({ ...port, nodePort })),
      options: args,
      subnetCidrs: subnets.map(({ cidrBlock }) => cidrBlock),
      sharedNodeRules: true,
    });
    const [group] = securityGroups === "own" ? [] : (securityGroups ?? []);
    // A rule for a load balancer's own group is that load balancer's alone.
    this.rules =
      securityGroups === "own"
        ? []
        : new FixedRules({
            name,
            parent: this,
            securityGroupId: network.nodeSecurityGroupId,
            nodePorts: new Map(),
            ...withoutUndefined({ groupOfLoadBalancer: group }),
          }).letIn(firewall.fixed, [{ parent: formerOwner(name, opts) }]);
    this.registerOutputs({});
  }
}

/** An exposure of this name that had the rules before. AWS refuses a second rule that equals one which exists. */
const formerOwner = (name: string, { parent }: ComponentResourceOptions = {}) =>
  createUrn(
    name,
    "exposure:index:NetworkLoadBalancer",
    createUrn(name, "exposure:index:NodePortExposure", parent),
  );
