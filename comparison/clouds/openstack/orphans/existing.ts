/** What there is in a project, and what of it is the cluster's. */
import { namespacedName } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, LoadBalancer, Port, SecurityGroup } from "../api/objects.ts";
import { whyReleased } from "../../serviceController.ts";
import { clusterNameFrom, ofServiceIn } from "../sources/clusterName.ts";
import { madeByController } from "../sources/loadBalancer.ts";
import { holderOf } from "../sources/members.ts";
import type { Addresses, Member } from "../sources/members.ts";
import { subnetsOf } from "../sources/nodePorts.ts";

export interface Found extends Inventory, Addresses {
  readonly services: readonly ServiceFacts[];
  /** That of the first node. */
  readonly subnet: { readonly id: string; readonly cidr: string };
  /** All of the project. */
  readonly ports: readonly Port[];
  /** All of the project. */
  readonly groups: readonly SecurityGroup[];
}

export interface Existing extends Found {
  /** The cluster's name on what the controller makes; undefined if nothing tells it. */
  readonly cluster: string | undefined;
}

export const existingIn = (found: Found): Existing => ({
  ...found,
  cluster: clusterNameFrom({
    ...found,
    nodeGroups: found.groups.filter((each) => isOnNodes(each, found)),
  }),
});

export const isOnNodes = ({ id }: SecurityGroup, { nodePorts }: Found): boolean =>
  [...nodePorts.values()].some(({ security_groups }) => security_groups.includes(id));

export const usersOf = (group: string, ports: readonly Port[]): Port[] =>
  ports.filter(({ security_groups }) => security_groups.includes(group));

/** Whether a load balancer that a controller made is this cluster's: not by another name, nor if all of its members are elsewhere. */
export function isBalancerOfCluster(balancer: LoadBalancer, existing: Existing): boolean {
  const members = existing.pools.filter(partOf(balancer)).flatMap((pool) => pool.members);
  return (
    madeByController(balancer)?.cluster === existing.cluster && !areElsewhere(members, balancer, existing)
  );
}

/**
 * Whether members are another cluster's: other servers have their addresses, or may have them, and none is a node or in a subnet of the nodes. There, a node that
 * the cluster had may have been one.
 */
export function areElsewhere(
  members: readonly Member[],
  balancer: LoadBalancer,
  existing: Existing,
): boolean {
  const subnets = subnetsOf(existing.nodePorts);
  const isHere = (member: Member): boolean =>
    subnets.has(member.subnet_id ?? balancer.vip_subnet_id) ||
    holderOf(member, balancer, existing) === "node";
  const isOthers = (member: Member): boolean =>
    ["other", "either"].includes(holderOf(member, balancer, existing));
  return members.some(isOthers) && !members.some(isHere);
}

/** Whether a group that a controller made is this cluster's: not by another name, nor if all ports that have it are in other subnets. */
export function isGroupOfCluster(group: SecurityGroup, { cluster, ports, nodePorts }: Existing): boolean {
  const users = usersOf(group.id, ports);
  const subnets = subnetsOf(nodePorts);
  return (
    ofServiceIn(group)?.cluster === cluster &&
    (users.length === 0 ||
      users.some(({ fixed_ips }) => fixed_ips.some(({ subnet_id }) => subnets.has(subnet_id))))
  );
}

/** Whether a description's cluster is another one: not by this one's name, or, where nothing tells that, by what else is there of it. */
export function isOfOtherCluster(cluster: string, existing: Existing): boolean {
  if (existing.cluster !== undefined) return cluster !== existing.cluster;
  return [
    ...existing.loadBalancers.map((each) => madeByController(each)?.cluster),
    ...existing.groups.map((each) => ofServiceIn(each)?.cluster),
  ].includes(cluster);
}

/** Why the controller needs nothing for a Service of this name any more; undefined if it does. @param owner namespace and name */
export function whyGone(owner: string, services: readonly ServiceFacts[]): string | undefined {
  const service = services.find((each) => namespacedName(each) === owner);
  const { loadBalancerClass } = service ?? {};
  return (
    whyReleased(service, owner) ??
    (loadBalancerClass === undefined
      ? undefined
      : `Service ${owner} is of the class ${loadBalancerClass}, which others serve`)
  );
}
