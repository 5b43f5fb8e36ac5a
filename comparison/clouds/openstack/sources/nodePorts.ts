/** The ports of the cluster's nodes among those of a project, which may hold other clusters with the same addresses in other subnets. */
import type { NodeFacts } from "../../../model/cluster.ts";
import { byText } from "../../../sources/order.ts";
import type { Port } from "../api/objects.ts";

export type NodePorts =
  | {
      readonly kind: "known";
      /** The id of the one that the nodes are in; of the first port's, if there are several. */
      readonly subnet: string;
      /** By the nodes' addresses. */
      readonly ports: ReadonlyMap<string, Port>;
    }
  | { readonly kind: "not known"; readonly reason: string };

/** Where several subnets have such addresses, the servers tell: a node's providerID names its own, and so does the port's device. */
export function portsOfNodes(ports: readonly Port[], nodes: readonly NodeFacts[]): NodePorts {
  const addresses = new Set(nodes.map(({ address }) => address));
  const servers = new Set(nodes.map(({ instanceId }) => instanceId).filter((id) => id !== ""));
  const places = ports.flatMap((port) =>
    port.fixed_ips
      .filter(({ ip_address }) => addresses.has(ip_address))
      .map(({ ip_address: address, subnet_id: subnet }) => ({ address, subnet, port })),
  );
  const ofServers = places.filter(({ port }) => servers.has(port.device_id));
  const found = ofServers.length > 0 ? ofServers : places;
  const [first] = found;
  if (first === undefined)
    return {
      kind: "not known",
      reason:
        "the Neutron API has no port with the address of one of the cluster's nodes; check OS_CLOUD, or OS_PROJECT_NAME and OS_REGION_NAME",
    };
  const twice = found.find((one) =>
    found.some(({ address, subnet }) => address === one.address && subnet !== one.subnet),
  );
  if (twice !== undefined) {
    const { address } = twice;
    const subnets = found.filter((each) => each.address === address).map(({ subnet }) => subnet);
    return {
      kind: "not known",
      reason: `several subnets have a port with the node's address ${address}, and the nodes' providerIDs do not tell which of them is theirs: ${byText(subnets).join(", ")}`,
    };
  }
  return {
    kind: "known",
    subnet: first.subnet,
    ports: new Map(found.map(({ address, port }) => [address, port])),
  };
}
