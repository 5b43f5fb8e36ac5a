/** The nodes' machines. There is no Nova: a machine is its port in Neutron, and its id what that port names as its device. */
import { randomUUID } from "node:crypto";
import type { NodeLayout } from "../../layout.ts";
import type { Machine } from "../cloud.ts";
import type { Api } from "./api.ts";
import { ids, region, zoneOf } from "./layout.ts";

interface Port {
  readonly id: string;
  readonly name: string;
  readonly device_id: string;
  readonly device_owner: string;
}

const owner = "compute:nova";

export async function listMachines(api: Api): Promise<readonly Port[]> {
  const { ports } = await api.get<{ ports: readonly Port[] }>("neutron", "/v2.0/ports");
  return ports.filter(({ device_owner }) => device_owner === owner);
}

/** As Nova makes it for an instance: https://docs.openstack.org/api-ref/network/v2/#create-port */
export async function makeMachine(api: Api, node: NodeLayout): Promise<Port> {
  const port = {
    name: node.name,
    network_id: ids.network,
    fixed_ips: [{ subnet_id: ids.subnet, ip_address: node.address }],
    security_groups: [ids.securityGroup],
    device_owner: owner,
    device_id: randomUUID(),
  };
  return (await api.post<{ port: Port }>("neutron", "/v2.0/ports", { port })).port;
}

/** As Nova does: it takes the port off the instance first. A project may delete no port that is on one. Neutron 29.0.0, neutron/conf/policies/port.py (delete_port) */
export async function deleteMachine(api: Api, id: string): Promise<void> {
  const found = (await listMachines(api)).find(({ device_id }) => device_id === id);
  if (found === undefined) return;
  const path = `/v2.0/ports/${found.id}`;
  await api.put("neutron", path, { port: { device_owner: "", device_id: "" } });
  await api.delete("neutron", path);
}

/** What a node's kubelet is told about its machine. */
export function machine(node: NodeLayout, { device_id: id }: Pick<Port, "device_id">): Machine {
  return {
    id,
    // kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/instances.go (instanceIDFromProviderID)
    providerId: `openstack:///${id}`,
    labels: {
      "topology.kubernetes.io/region": region,
      "topology.kubernetes.io/zone": zoneOf(node),
    },
  };
}
