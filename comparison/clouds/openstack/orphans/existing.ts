/** What there is in a project, and what of it is the cluster's. */
import type { NodeFacts } from "../../../model/cluster.ts";
import { namespacedName } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Inventory, Port, SecurityGroup } from "../api/objects.ts";
import { whyReleased } from "../../serviceController.ts";
import { clusterNameFrom, ofServiceIn } from "../sources/clusterName.ts";
import { madeByController } from "../sources/loadBalancer.ts";

export interface Existing extends Inventory {
  readonly services: readonly ServiceFacts[];
  readonly nodes: readonly NodeFacts[];
  /** Of the nodes. */
  readonly subnet: { readonly id: string; readonly cidr: string };
  /** All of the project. */
  readonly ports: readonly Port[];
  /** All of the project. */
  readonly groups: readonly SecurityGroup[];
}

/** Undefined if nothing tells it. */
export const clusterNameIn = (existing: Existing): string | undefined =>
  clusterNameFrom({
    ...existing,
    nodeGroups: existing.groups.filter((each) => isOnNodes(each, existing)),
  });

export function isOnNodes({ id }: SecurityGroup, { ports, nodes, subnet }: Existing): boolean {
  const addresses = new Set(nodes.map(({ address }) => address));
  return ports
    .filter(({ security_groups }) => security_groups.includes(id))
    .some(({ fixed_ips }) =>
      fixed_ips.some((ip) => ip.subnet_id === subnet.id && addresses.has(ip.ip_address)),
    );
}

/** Whether a description's cluster is this one. */
export const isOfCluster = (cluster: string, existing: Existing): boolean =>
  cluster === clusterNameIn(existing);

/** Whether a description's cluster is another one: not by this one's name, or, where nothing tells that, by what else is there of it. */
export function isOfOtherCluster(cluster: string, existing: Existing): boolean {
  const own = clusterNameIn(existing);
  if (own !== undefined) return cluster !== own;
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
