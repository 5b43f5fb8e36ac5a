/** A load balancer of Octavia with its parts, as facts. */
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { Owner } from "../../../model/owner.ts";
import { byText } from "../../../sources/order.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, Listener, LoadBalancer, Monitor } from "../api/objects.ts";
import { noHealthCheck } from "../healthCheck.ts";
import type { OctaviaFacts, OctaviaListenerFacts, OctaviaPoolFacts } from "../model.ts";

/** The controller describes what it makes. kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go (createOctaviaLoadBalancer) */
const ofController = /^Kubernetes external service (\S+)\/(\S+) from cluster (.*)$/;

export interface MadeByController {
  readonly namespace: string;
  readonly service: string;
  readonly cluster: string;
}

/** Undefined if the controller did not make it. */
export function madeByController({ description }: LoadBalancer): MadeByController | undefined {
  const [, namespace, service, cluster] = ofController.exec(description ?? "") ?? [];
  return namespace === undefined || service === undefined
    ? undefined
    : { namespace, service, cluster: cluster ?? "" };
}

export function loadBalancerFacts(balancer: LoadBalancer, inventory: Inventory): OctaviaFacts {
  const owner: Owner = madeByController(balancer) === undefined ? "other" : "cloud controller";
  const isPart = partOf(balancer);
  const floatingIp = inventory.floatingIps.find(({ port_id }) => port_id === balancer.vip_port_id);
  const listeners = inventory.listeners.filter(isPart).map((each) => listenerFacts(each, inventory, owner));
  return {
    identity: { name: balancer.name, id: balancer.id },
    owner,
    address: floatingIp?.floating_ip_address ?? balancer.vip_address,
    state: `${balancer.provisioning_status}${balancer.admin_state_up ? "" : ", switched off"}`,
    scheme: floatingIp === undefined ? "internal" : "internet-facing",
    provider: balancer.provider,
    vipSubnet: balancer.vip_subnet_id,
    floatingNetwork: floatingIp?.floating_network_id ?? "none",
    flavor: balancer.flavor_id ?? "default",
    availabilityZone: balancer.availability_zone ?? "default",
    tags: byText([...balancer.tags]),
    listeners: byText(listeners, ({ port, protocol }) => `${String(port).padStart(5, "0")} ${protocol}`),
    pools: byText(
      inventory.pools.filter(isPart).map((each) => poolFacts(each, inventory, owner)),
      ({ identity }) => identity.name,
    ),
  };
}

function listenerFacts(
  listener: Listener,
  { pools }: Pick<Inventory, "pools">,
  owner: Owner,
): OctaviaListenerFacts {
  return {
    identity: { name: listener.name, id: listener.id },
    owner,
    isOn: listener.admin_state_up,
    protocol: listener.protocol,
    port: listener.protocol_port,
    connectionLimit: listener.connection_limit,
    allowedCidrs: byText([...(listener.allowed_cidrs ?? [])]),
    timeouts: {
      clientData: listener.timeout_client_data,
      memberConnect: listener.timeout_member_connect,
      memberData: listener.timeout_member_data,
      tcpInspect: listener.timeout_tcp_inspect,
    },
    insertHeaders: listener.insert_headers ?? {},
    tags: byText([...listener.tags]),
    // What is switched off leads nowhere.
    forwardsTo: pools
      .filter(
        (pool) => pool.id === listener.default_pool_id && pool.admin_state_up && listener.admin_state_up,
      )
      .map(({ id }) => id),
  };
}

function poolFacts(
  pool: Inventory["pools"][number],
  { monitors }: Inventory,
  owner: Owner,
): OctaviaPoolFacts {
  const [first] = pool.members;
  const monitor = monitors.find(({ pools }) => pools.some(({ id }) => id === pool.id));
  return {
    identity: { name: pool.name, id: pool.id },
    owner,
    isOn: pool.admin_state_up,
    protocol: pool.protocol,
    // All members have the same one, or each its own below.
    port: first?.protocol_port ?? 0,
    lbMethod: pool.lb_algorithm,
    sessionPersistence: pool.session_persistence?.type ?? "none",
    memberSubnet: first?.subnet_id ?? "none",
    healthCheck: monitor === undefined ? noHealthCheck : checkFacts(monitor, first?.monitor_port ?? null),
    members: byText(
      pool.members.map((member) => ({
        id: member.address,
        port: member.protocol_port,
        owner,
        state: member.operating_status,
        isOn: member.admin_state_up,
        weight: member.weight,
        isBackup: member.backup,
        monitorPort: member.monitor_port ?? "traffic-port",
      })),
      ({ id }) => id,
    ),
  };
}

function checkFacts(monitor: Monitor, monitorPort: number | null): HealthCheckFacts {
  const isHttp = monitor.type === "HTTP" || monitor.type === "HTTPS";
  return {
    enabled: monitor.admin_state_up,
    protocol: monitor.type,
    port: monitorPort ?? "traffic-port",
    ...(isHttp
      ? withoutUndefined({
          path: monitor.url_path ?? undefined,
          matcher: monitor.expected_codes ?? undefined,
        })
      : {}),
    intervalSeconds: monitor.delay,
    timeoutSeconds: monitor.timeout,
    healthyThresholdCount: monitor.max_retries,
    unhealthyThresholdCount: monitor.max_retries_down,
  };
}
