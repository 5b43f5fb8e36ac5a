/** Where the cluster's nodes are: their ports in Neutron, the subnet and the security groups of these. */
import * as v from "valibot";
import type { NodeFacts } from "../../../model/cluster.ts";
import { PlainReason } from "../../../sources/reasons/plainReason.ts";
import { isExcluded } from "../../serviceController.ts";
import { port, securityGroup } from "../api/objects.ts";
import type { Port, SecurityGroup } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";
import { portsOfNodes } from "./nodePorts.ts";

/** What Neutron has, at least of the nodes. */
interface Found {
  readonly ports: readonly Port[];
  readonly groups: readonly SecurityGroup[];
}

export interface NodeNetwork {
  readonly subnet: string;
  readonly subnetCidr: string;
  /** Those that all nodes' ports have, but for nodes that are kept from load balancers. */
  readonly shared: readonly SecurityGroup[];
  /** All that a node's port has. */
  readonly all: readonly SecurityGroup[];
  /** By the nodes' addresses. */
  readonly nodePorts: ReadonlyMap<string, Port>;
  /** Of the project, at least all that have an address of a node. */
  readonly ports: readonly Port[];
}

const subnet = v.object({ subnet: v.object({ id: v.string(), cidr: v.string() }) });

/** @throws PlainReason as {@link nodeNetworkIn}, and if a node that load balancers may lead to has no port: nothing tells whom that one lets in */
export async function readNodeNetwork(
  api: OpenStackApi,
  nodes: readonly NodeFacts[],
  signal?: AbortSignal,
): Promise<NodeNetwork> {
  const filter = nodes
    .map(({ address }) => `fixed_ips=ip_address%3D${encodeURIComponent(address)}`)
    .join("&");
  const network = await nodeNetworkIn(await readPorts(api, `?${filter}`, signal), nodes, api, signal);
  const missing = nodes.filter(
    ({ address, labels = {} }) => !isExcluded(labels) && !network.nodePorts.has(address),
  );
  if (missing.length > 0)
    throw new PlainReason(
      `the Neutron API has no port of ${missing.map(({ name, address }) => `node ${name}, ${address}`).join("; ")}, so that nothing tells its security groups; check OS_CLOUD, or OS_PROJECT_NAME and OS_REGION_NAME`,
    );
  return network;
}

/** @param filter of the ports. @default all of the project */
export async function readPorts(api: OpenStackApi, filter = "", signal?: AbortSignal): Promise<Found> {
  const [ports, groups] = await Promise.all([
    api.list("network", `v2.0/ports${filter}`, "ports", port, signal),
    api.list("network", "v2.0/security-groups", "security_groups", securityGroup, signal),
  ]);
  return { ports, groups };
}

/** @throws PlainReason if Neutron has no port with a node's address, or if nothing tells which of several subnets is the cluster's */
export async function nodeNetworkIn(
  { ports, groups }: Found,
  nodes: readonly NodeFacts[],
  api: OpenStackApi,
  signal?: AbortSignal,
): Promise<NodeNetwork> {
  const own = portsOfNodes(ports, nodes);
  if (own.kind === "not known") throw new PlainReason(own.reason);
  const { cidr } = v.parse(
    subnet,
    await api.ask("GET", "network", `v2.0/subnets/${own.subnet}`, { signal }),
  ).subnet;
  const members = nodes
    .filter(({ labels = {} }) => !isExcluded(labels))
    .flatMap(({ address }) => own.ports.get(address) ?? []);
  const isOn = (group: SecurityGroup) => (each: Port) => each.security_groups.includes(group.id);
  return {
    subnet: own.subnet,
    subnetCidr: cidr,
    shared: groups.filter((group) => members.every(isOn(group))),
    all: groups.filter((group) => [...own.ports.values()].some(isOn(group))),
    nodePorts: own.ports,
    ports,
  };
}
