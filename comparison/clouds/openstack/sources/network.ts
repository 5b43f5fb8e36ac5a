/** Where the cluster's nodes are: their ports in Neutron, the subnet and the security groups of these. */
import * as v from "valibot";
import type { NodeFacts } from "../../../model/cluster.ts";
import { PlainReason } from "../../../sources/reasons/plainReason.ts";
import { port, securityGroup } from "../api/objects.ts";
import type { SecurityGroup } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";

export interface NodeNetwork {
  readonly subnet: string;
  readonly subnetCidr: string;
  /** Those that all nodes' ports have. */
  readonly shared: readonly SecurityGroup[];
  /** All that a node's port has. */
  readonly all: readonly SecurityGroup[];
}

const subnet = v.object({ subnet: v.object({ id: v.string(), cidr: v.string() }) });

/** @throws PlainReason if Neutron has no port with a node's address */
export async function readNodeNetwork(
  api: OpenStackApi,
  nodes: readonly NodeFacts[],
  signal?: AbortSignal,
): Promise<NodeNetwork> {
  const filter = nodes
    .map(({ address }) => `fixed_ips=ip_address%3D${encodeURIComponent(address)}`)
    .join("&");
  const [ports, groups] = await Promise.all([
    api.list("network", `v2.0/ports?${filter}`, "ports", port, signal),
    api.list("network", "v2.0/security-groups", "security_groups", securityGroup, signal),
  ]);
  const addresses = new Set(nodes.map(({ address }) => address));
  const own = ports.filter(({ fixed_ips }) => fixed_ips.some((ip) => addresses.has(ip.ip_address)));
  const [id] = own.flatMap(({ fixed_ips }) =>
    fixed_ips.filter((ip) => addresses.has(ip.ip_address)).map((ip) => ip.subnet_id),
  );
  if (id === undefined)
    throw new PlainReason(
      "the Neutron API has no port with the address of one of the cluster's nodes; check OS_CLOUD, or OS_PROJECT_NAME and OS_REGION_NAME",
    );
  const { cidr } = v.parse(subnet, await api.ask("GET", "network", `v2.0/subnets/${id}`, { signal })).subnet;
  const isOn = (group: SecurityGroup) => (each: { readonly security_groups: readonly string[] }) =>
    each.security_groups.includes(group.id);
  return {
    subnet: id,
    subnetCidr: cidr,
    shared: groups.filter((group) => own.every(isOn(group))),
    all: groups.filter((group) => own.some(isOn(group))),
  };
}
