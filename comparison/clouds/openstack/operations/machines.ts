/** The machines behind members. A member has an address only; Neutron's port with that address names its machine. */
import { port } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";

export interface Machine {
  /** Nova's id, with which a node's provider id ends. */
  readonly id: string;
  readonly address: string;
}

/** Nova marks the ports of its instances so. https://docs.openstack.org/api-ref/network/v2/#list-ports */
const ofInstances = "compute:";

export async function machinesIn(api: OpenStackApi): Promise<readonly Machine[]> {
  const ports = await api.list("network", "v2.0/ports", "ports", port);
  return ports
    .filter(({ device_owner }) => device_owner.startsWith(ofInstances))
    .flatMap(({ device_id: id, fixed_ips }) => fixed_ips.map(({ ip_address: address }) => ({ id, address })));
}
