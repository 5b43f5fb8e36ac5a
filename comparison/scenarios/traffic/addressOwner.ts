/** Whose an address is that a pod took for the client's. */
import type { Testbed, Target } from "../testbed/testbed.ts";

export interface Addresses {
  readonly client: string;
  readonly nodes: readonly string[];
  /** The load balancer's own inside the VPC. */
  readonly loadBalancer: readonly string[];
}

export async function addressesAround(testbed: Testbed, { hostname }: Target): Promise<Addresses> {
  const [nodes, interfaces] = await Promise.all([
    testbed.cluster.nodes(),
    testbed.account.interfaces(hostname, testbed.signal),
  ]);
  return {
    client: testbed.clientAddress,
    nodes: nodes.map(({ address }) => address),
    loadBalancer: interfaces.map(({ privateAddress }) => privateAddress),
  };
}

const owners = ["the client's", "a node's", "the load balancer's", "nobody's known"] as const;
export type Seen = (typeof owners)[number];

/** Whose the addresses are that pods saw, each owner once; `none` if there was no answer. */
export function addressOwner(seen: readonly string[], addresses: Addresses): string {
  const found = new Set(seen.map((address) => ownerOf(address, addresses)));
  return owners.filter((owner) => found.has(owner)).join(" and ") || "none";
}

function ownerOf(address: string, { client, nodes, loadBalancer }: Addresses): Seen {
  if (address === client) return "the client's";
  if (nodes.includes(address)) return "a node's";
  return loadBalancer.includes(address) ? "the load balancer's" : "nobody's known";
}
