/** Who owns an address that a pod took for the client's. */
import type { Testbed, Target } from "../testbed/testbed.ts";

export interface Addresses {
  readonly client: string;
  readonly nodes: readonly string[];
  /** The load balancer's own, as its members see them. */
  readonly loadBalancer: readonly string[];
}

export async function addressesAround(
  testbed: Testbed,
  { address: loadBalancer }: Target,
): Promise<Addresses> {
  const [nodes, zones] = await Promise.all([testbed.cluster.nodes(), testbed.cloud.zones(loadBalancer)]);
  return {
    client: testbed.clientAddress,
    nodes: nodes.map(({ address }) => address),
    loadBalancer: zones.map(({ sourceAddress }) => sourceAddress),
  };
}

const owners = ["the client's", "a node's", "the load balancer's", "nobody's known"] as const;
export type Seen = (typeof owners)[number];

/** Owners of the addresses that pods saw, each once; `none` if there was no answer. */
export function addressOwner(seen: readonly string[], addresses: Addresses): string {
  const found = new Set(seen.map((address) => ownerOf(address, addresses)));
  return owners.filter((owner) => found.has(owner)).join(" and ") || "none";
}

function ownerOf(address: string, { client, nodes, loadBalancer }: Addresses): Seen {
  if (address === client) return "the client's";
  if (nodes.includes(address)) return "a node's";
  return loadBalancer.includes(address) ? "the load balancer's" : "nobody's known";
}
