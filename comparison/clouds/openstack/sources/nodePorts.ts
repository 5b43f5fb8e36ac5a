/** The ports of the cluster's nodes among those of a project, which may hold other clusters with the same addresses in other subnets. */
import type { NodeFacts } from "../../../model/cluster.ts";
import { byText } from "../../../sources/order.ts";
import type { Port } from "../api/objects.ts";

export type NodePorts =
  | {
      readonly kind: "known";
      /** The id of the one that the nodes are in; of the first port's, if there are several. */
      readonly subnet: string;
      /** By the nodes' addresses. Nodes whose port is not in the project have none. */
      readonly ports: ReadonlyMap<string, Port>;
    }
  | { readonly kind: "not known"; readonly reason: string };

interface Place {
  readonly address: string;
  readonly subnet: string;
  readonly port: Port;
}

/**
 * Where several subnets have such addresses, the servers tell: a node's providerID names its own, and so does the port's device. A node without a providerID is
 * taken for one in the subnets of the others.
 */
export function portsOfNodes(ports: readonly Port[], nodes: readonly NodeFacts[]): NodePorts {
  const byNode = nodes.map((node) => ({ node, places: placesWith(node.address, ports) }));
  const ofServers = byNode.flatMap(({ node, places }) => places.filter((place) => isServerOf(node, place)));
  const subnets = new Set(ofServers.map(({ subnet }) => subnet));
  const found = byNode.map(({ node, places }) => {
    const own = places.filter((place) => isServerOf(node, place));
    // Other nodes' providerIDs name servers, so what has this one's address is not this one's.
    if (own.length > 0 || (subnets.size > 0 && node.instanceId !== "")) return own;
    const near = places.filter(({ subnet }) => subnets.has(subnet));
    return near.length > 0 ? near : places;
  });
  const [first] = found.flat();
  if (first === undefined)
    return {
      kind: "not known",
      reason:
        "the Neutron API has no port with the address of one of the cluster's nodes; check OS_CLOUD, or OS_PROJECT_NAME and OS_REGION_NAME",
    };
  const twice = found.find((places) => new Set(places.map(({ subnet }) => subnet)).size > 1);
  if (twice !== undefined)
    return {
      kind: "not known",
      reason: `several subnets have a port with the node's address ${String(twice[0]?.address)}, and the nodes' providerIDs do not tell which of them is theirs: ${byText(twice.map(({ subnet }) => subnet)).join(", ")}`,
    };
  return {
    kind: "known",
    subnet: first.subnet,
    ports: new Map(found.flat().map(({ address, port }) => [address, port])),
  };
}

const isServerOf = ({ instanceId }: NodeFacts, { port }: Place): boolean =>
  instanceId !== "" && port.device_id === instanceId;

export const placesWith = (address: string, ports: readonly Port[]): Place[] =>
  ports.flatMap((port) =>
    port.fixed_ips
      .filter(({ ip_address }) => ip_address === address)
      .map(({ subnet_id: subnet }) => ({ address, subnet, port })),
  );

/** The nodes' subnets. */
export const subnetsOf = (ports: ReadonlyMap<string, Port>): Set<string> =>
  new Set([...ports].flatMap(([address, port]) => placesWith(address, [port]).map(({ subnet }) => subnet)));
