/** The objects of Octavia and Neutron, as far as facts need them. */
import * as v from "valibot";
import type { OpenStackApi } from "./session.ts";

/** What is deleted at the same moment has no id in a list: octavia 19.0.0, octavia/api/v2/types/health_monitor.py and listener.py (from_db_obj). */
const references = v.pipe(
  v.array(v.object({ id: v.optional(v.string()) })),
  v.transform((all) => all.flatMap(({ id }) => (id === undefined ? [] : [{ id }]))),
);
const texts = v.optional(v.array(v.string()), []);
const description = v.optional(v.nullable(v.string()), "");

/** https://docs.openstack.org/api-ref/load-balancer/v2/#list-load-balancers */
export const loadBalancer = v.object({
  id: v.string(),
  admin_state_up: v.boolean(),
  name: v.string(),
  description,
  provisioning_status: v.string(),
  operating_status: v.string(),
  vip_address: v.string(),
  vip_port_id: v.string(),
  vip_subnet_id: v.string(),
  provider: v.string(),
  flavor_id: v.optional(v.nullable(v.string())),
  availability_zone: v.optional(v.nullable(v.string())),
  tags: texts,
});

/** https://docs.openstack.org/api-ref/load-balancer/v2/#list-listeners */
export const listener = v.object({
  id: v.string(),
  admin_state_up: v.boolean(),
  name: v.string(),
  protocol: v.string(),
  protocol_port: v.number(),
  connection_limit: v.number(),
  allowed_cidrs: v.optional(v.nullable(v.array(v.string()))),
  timeout_client_data: v.number(),
  timeout_member_connect: v.number(),
  timeout_member_data: v.number(),
  timeout_tcp_inspect: v.number(),
  insert_headers: v.optional(v.nullable(v.record(v.string(), v.string()))),
  default_pool_id: v.nullable(v.string()),
  loadbalancers: references,
  tags: texts,
});

/** https://docs.openstack.org/api-ref/load-balancer/v2/#list-pools */
export const pool = v.object({
  id: v.string(),
  admin_state_up: v.boolean(),
  name: v.string(),
  protocol: v.string(),
  lb_algorithm: v.string(),
  session_persistence: v.nullable(v.object({ type: v.string() })),
  healthmonitor_id: v.optional(v.nullable(v.string())),
  loadbalancers: references,
});

/** https://docs.openstack.org/api-ref/load-balancer/v2/#list-members */
export const member = v.object({
  id: v.string(),
  admin_state_up: v.boolean(),
  backup: v.optional(v.boolean(), false),
  name: v.string(),
  address: v.string(),
  protocol_port: v.number(),
  monitor_port: v.nullable(v.number()),
  subnet_id: v.nullable(v.string()),
  weight: v.number(),
  operating_status: v.string(),
});

/** https://docs.openstack.org/api-ref/load-balancer/v2/#list-health-monitors */
export const monitor = v.object({
  id: v.string(),
  admin_state_up: v.boolean(),
  type: v.string(),
  delay: v.number(),
  timeout: v.number(),
  max_retries: v.number(),
  max_retries_down: v.number(),
  url_path: v.optional(v.nullable(v.string())),
  expected_codes: v.optional(v.nullable(v.string())),
  pools: references,
});

/** https://docs.openstack.org/api-ref/network/v2/#list-floating-ips */
export const floatingIp = v.object({
  id: v.string(),
  description,
  floating_ip_address: v.string(),
  floating_network_id: v.string(),
  port_id: v.nullable(v.string()),
});

/** https://docs.openstack.org/api-ref/network/v2/#list-ports */
export const port = v.object({
  id: v.string(),
  name: v.string(),
  /** Such as `lb-ID` of a load balancer's. */
  device_id: v.optional(v.string(), ""),
  device_owner: v.optional(v.string(), ""),
  security_groups: v.array(v.string()),
  fixed_ips: v.array(v.object({ subnet_id: v.string(), ip_address: v.string() })),
});

/** https://docs.openstack.org/api-ref/network/v2/#list-security-groups */
export const securityGroup = v.object({
  id: v.string(),
  description,
  name: v.string(),
  security_group_rules: v.array(
    v.object({
      id: v.string(),
      direction: v.string(),
      ethertype: v.string(),
      protocol: v.nullable(v.string()),
      port_range_min: v.nullable(v.number()),
      port_range_max: v.nullable(v.number()),
      remote_ip_prefix: v.nullable(v.string()),
      remote_group_id: v.nullable(v.string()),
    }),
  ),
});

export type LoadBalancer = v.InferOutput<typeof loadBalancer>;
export type Listener = v.InferOutput<typeof listener>;
export type Pool = v.InferOutput<typeof pool>;
export type Member = v.InferOutput<typeof member>;
export type Monitor = v.InferOutput<typeof monitor>;
export type FloatingIp = v.InferOutput<typeof floatingIp>;
export type Port = v.InferOutput<typeof port>;
export type SecurityGroup = v.InferOutput<typeof securityGroup>;

/** What load balancers there are, with all their parts. */
export interface Inventory extends Omit<InventoryWithoutMembers, "pools"> {
  readonly pools: readonly (Pool & { readonly members: readonly Member[] })[];
}

export interface InventoryWithoutMembers {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly Listener[];
  readonly pools: readonly Pool[];
  readonly monitors: readonly Monitor[];
  readonly floatingIps: readonly FloatingIp[];
}

/** Whether a listener or a pool is the load balancer's. */
export const partOf =
  ({ id }: Pick<LoadBalancer, "id">) =>
  ({ loadbalancers }: Pick<Pool, "loadbalancers">): boolean =>
    loadbalancers.some((each) => each.id === id);

export async function readInventory(api: OpenStackApi, signal?: AbortSignal): Promise<Inventory> {
  const inventory = await readWithoutMembers(api, signal);
  const members = await Promise.all(inventory.pools.map((each) => readMembers(api, each, signal)));
  return {
    ...inventory,
    pools: inventory.pools.map((each, index) => ({ ...each, members: members[index] ?? [] })),
  };
}

/** Each pool's members are a question of their own. */
export async function readWithoutMembers(
  api: OpenStackApi,
  signal?: AbortSignal,
): Promise<InventoryWithoutMembers> {
  const octavia = <T>(path: string, item: v.GenericSchema<unknown, T>): Promise<T[]> =>
    api.list("load-balancer", `v2/lbaas/${path}`, path, item, signal);
  const [loadBalancers, listeners, pools, monitors, floatingIps] = await Promise.all([
    octavia("loadbalancers", loadBalancer),
    octavia("listeners", listener),
    octavia("pools", pool),
    octavia("healthmonitors", monitor),
    api.list("network", "v2.0/floatingips", "floatingips", floatingIp, signal),
  ]);
  return { loadBalancers, listeners, pools, monitors, floatingIps };
}

export const readMembers = (
  api: OpenStackApi,
  { id }: Pick<Pool, "id">,
  signal?: AbortSignal,
): Promise<Member[]> => api.list("load-balancer", `v2/lbaas/pools/${id}/members`, "members", member, signal);
