/** What there is in a project, and what of it is the cluster's. */
import type { NodeFacts } from "../../../model/cluster.ts";
import { namespacedName } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, LoadBalancer, Port, SecurityGroup } from "../api/objects.ts";
import { whyReleased } from "../../serviceController.ts";
import { clusterNameFrom, ofServiceIn } from "../sources/clusterName.ts";
import { madeByController } from "../sources/loadBalancer.ts";

export interface Found extends Inventory {
  readonly services: readonly ServiceFacts[];
  readonly nodes: readonly NodeFacts[];
  /** Of the nodes. */
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

export function isOnNodes({ id }: SecurityGroup, { ports, nodes, subnet }: Found): boolean {
  const addresses = new Set(nodes.map(({ address }) => address));
  return usersOf(id, ports).some(({ fixed_ips }) =>
    fixed_ips.some((ip) => ip.subnet_id === subnet.id && addresses.has(ip.ip_address)),
  );
}

export const usersOf = (group: string, ports: readonly Port[]): Port[] =>
  ports.filter(({ security_groups }) => security_groups.includes(group));

/** Whether a load balancer that a controller made is this cluster's: not by another name, nor if all of its members are in other subnets. */
export function isBalancerOfCluster(balancer: LoadBalancer, { cluster, pools, subnet }: Existing): boolean {
  const subnets = pools
    .filter(partOf(balancer))
    .flatMap(({ members }) => members)
    .flatMap(({ subnet_id }) => subnet_id ?? []);
  return (
    madeByController(balancer)?.cluster === cluster && (subnets.length === 0 || subnets.includes(subnet.id))
  );
}

/** Whether a group that a controller made is this cluster's: not by another name, nor if all ports that have it are in other subnets. */
export function isGroupOfCluster(group: SecurityGroup, { cluster, ports, subnet }: Existing): boolean {
  const users = usersOf(group.id, ports);
  return (
    ofServiceIn(group)?.cluster === cluster &&
    (users.length === 0 ||
      users.some(({ fixed_ips }) => fixed_ips.some(({ subnet_id }) => subnet_id === subnet.id)))
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
