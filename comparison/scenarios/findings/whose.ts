/** Whose an address is that a pod took for the client's. */
import type { Bed, Target } from "../testbed/bed.ts";

export interface Addresses {
  readonly client: string;
  readonly nodes: readonly string[];
  /** The load balancer's own inside the VPC. */
  readonly loadBalancer: readonly string[];
}

export async function addressesAround(bed: Bed, { hostname }: Target): Promise<Addresses> {
  const [nodes, interfaces] = await Promise.all([
    bed.cluster.nodes(),
    bed.account.interfaces(hostname, bed.signal),
  ]);
  return {
    client: bed.clientAddress,
    nodes: nodes.map(({ address }) => address),
    loadBalancer: interfaces.map(({ privateAddress }) => privateAddress),
  };
}

const owners = ["the client's", "a node's", "the load balancer's", "nobody's known"] as const;
export type Seen = (typeof owners)[number];

/** Whose the addresses are that pods saw, each owner once; `none` if there was no answer. */
export function whose(seen: readonly string[], addresses: Addresses): string {
  const found = new Set(seen.map((address) => ownerOf(address, addresses)));
  return owners.filter((owner) => found.has(owner)).join(" and ") || "none";
}

function ownerOf(address: string, { client, nodes, loadBalancer }: Addresses): Seen {
  if (address === client) return "the client's";
  if (nodes.includes(address)) return "a node's";
  return loadBalancer.includes(address) ? "the load balancer's" : "nobody's known";
}
