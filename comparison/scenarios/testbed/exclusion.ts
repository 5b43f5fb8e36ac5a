/** The label that takes a node away from load balancers whose controller follows nodes: https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers */
import type { Testbed } from "./testbed.ts";

const exclusion = "node.kubernetes.io/exclude-from-external-load-balancers";

type Nodes = Pick<Testbed, "cluster">;

export async function exclude({ cluster }: Nodes, node: string): Promise<void> {
  await cluster.patchNode(node, { metadata: { labels: { [exclusion]: "" } } });
}

/** Takes the label away again. May be called for a node that does not have it. */
export async function include({ cluster }: Nodes, node: string): Promise<void> {
  await cluster.patchNode(node, { metadata: { labels: { [exclusion]: null } } });
}
