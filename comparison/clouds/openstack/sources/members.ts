/**
 * Whose a member of a pool is. Octavia has the member's address, and at most a subnet: the controller gives that of the load balancer, or the one that its
 * configuration names, even if a router leads from it to the nodes (cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go,
 * buildBatchUpdateMemberOpts). So the subnet alone does not tell the nodes' cluster, and neither does the address: another cluster may have the same.
 */
import type { NodeFacts } from "../../../model/cluster.ts";
import type { Inventory, LoadBalancer, Port } from "../api/objects.ts";
import { placesWith } from "./nodePorts.ts";

export type Member = Inventory["pools"][number]["members"][number];

/** What tells the nodes' addresses from others'. */
export interface Addresses {
  readonly nodes: readonly NodeFacts[];
  /** By the nodes' addresses. */
  readonly nodePorts: ReadonlyMap<string, Port>;
  /** Of the project; at least all that have an address of a node. */
  readonly ports: readonly Port[];
}

/** A node's, another server's, one of both and nothing tells which, or no port's. */
export type Holder = "node" | "other" | "either" | "nobody";

export function holderOf(
  { address, subnet_id }: Pick<Member, "address" | "subnet_id">,
  { vip_subnet_id }: Pick<LoadBalancer, "vip_subnet_id">,
  { nodes, nodePorts, ports }: Addresses,
): Holder {
  const places = placesWith(address, ports);
  const near = places.filter(({ subnet }) => subnet === (subnet_id ?? vip_subnet_id));
  const candidates = near.length > 0 ? near : places;
  // The node's port may be in another project.
  if (candidates.length === 0) return nodes.some((node) => node.address === address) ? "node" : "nobody";
  const own = candidates.filter(({ port }) => nodePorts.get(address)?.id === port.id);
  if (own.length === 0) return "other";
  return own.length === candidates.length ? "node" : "either";
}
