import type { ComponentResource } from "@pulumi/pulumi";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { FixedRules } from "./fixedRules.ts";
import type { ImportedLoadBalancer } from "./importedLoadBalancer.ts";
import type { Member } from "./members.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { rulesBeside } from "./ruleOwners.ts";
import { letOut } from "./securityGroups.ts";
import type { DeclaredGroups } from "./securityGroups.ts";
import type { Subnet } from "./subnets.ts";

interface Front {
  /** In the program, without its suffix. */
  readonly name: string;
  readonly component: ComponentResource;
  readonly loadBalancer: LoadBalancer;
  readonly suffix: string;
  /** Whether a replacement deletes the old load balancer first. */
  readonly deletesFirst: boolean;
  /** Those that all its exposures have from it. */
  readonly options: Partial<NetworkLoadBalancerOptions>;
  readonly network: Pick<ClusterNetwork, "vpcId" | "nodeSecurityGroupId">;
  readonly subnets: readonly Subnet[];
  readonly groups: DeclaredGroups;
  readonly sharedNodeRules: boolean;
  /** If the program takes it over. */
  readonly imported?: ImportedLoadBalancer;
}

/** A load balancer as the exposures behind it know it. */
export class Joinable {
  readonly front: Front;
  /** Those that have joined so far, in the order of the program. */
  readonly members: Member[] = [];
  /** Rules of the load balancer's own group that its exposures need so far. */
  ownGroupRules = 0;
  /** In the load balancer's own group. */
  readonly inOwnGroup: FixedRules | undefined;
  /** By the security group of the nodes. */
  readonly #onNodes = new Map<string, FixedRules>();

  constructor(front: Front) {
    this.front = front;
    const { name, component: parent, groups } = front;
    this.inOwnGroup =
      groups.own && new FixedRules({ name, parent, securityGroupId: groups.own.id, nodePorts: new Map() });
  }

  /** Other load balancers need none of the rules for a group of this one's own. */
  get sharedNodeRules(): readonly SecurityGroupIngressRule[] {
    return this.front.groups.own === undefined ? [...this.#onNodes.values()].flatMap(({ all }) => all) : [];
  }

  get subnetCidrs(): readonly string[] {
    return this.front.subnets.map(({ cidrBlock }) => cidrBlock);
  }

  /** The rules that several exposures need on the nodes. Nodes with another security group need their own, and a way for the load balancer to reach them. */
  onNodes(securityGroupId: string): FixedRules {
    const { name, component: parent, groups, network, imported } = this.front;
    const isOther = securityGroupId !== network.nodeSecurityGroupId;
    const rules =
      this.#onNodes.get(securityGroupId) ??
      new FixedRules({
        name: isOther ? `${name}-${securityGroupId}` : name,
        parent,
        securityGroupId,
        nodePorts: new Map(),
        formerPlaces: isOther ? [] : [{ parent: rulesBeside(parent) }],
        ...withoutUndefined({ groupOfLoadBalancer: groups.ids?.[0], imported: imported?.rules }),
      });
    if (isOther && groups.own !== undefined && !this.#onNodes.has(securityGroupId))
      letOut(`${name}-to-${securityGroupId}`, { name, group: groups.own, securityGroupId, parent });
    this.#onNodes.set(securityGroupId, rules);
    return rules;
  }
}
