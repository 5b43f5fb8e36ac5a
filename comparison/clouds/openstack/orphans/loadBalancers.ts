/** Load balancers that no Service needs, and what no Service needs of the others. */
import { ranges } from "../../../../components/core/defaults.ts";
import type { OrphanPart, RemovableOrphan } from "../../../model/orphan.ts";
import { namespacedName } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, Listener, LoadBalancer } from "../api/objects.ts";
import { annotation } from "../cloudControllerManager/annotations.ts";
import { madeByController } from "../sources/loadBalancer.ts";
import { holderOf } from "../sources/members.ts";
import { subnetsOf } from "../sources/nodePorts.ts";
import { areElsewhere, isBalancerOfCluster, whyGone } from "./existing.ts";
import type { Existing } from "./existing.ts";
import { removal } from "./removal.ts";
import { unitsOf } from "./units.ts";

type Pool = Inventory["pools"][number];

export function loadBalancerOrphans(existing: Existing): RemovableOrphan[] {
  return byText([...existing.loadBalancers], ({ name }) => name).flatMap((each) => {
    const reason = whyLeft(each, existing);
    return reason === undefined ? partsLeft(each, existing) : [orphanOf(each, reason, existing)];
  });
}

/** Undefined if a Service needs the load balancer, or if nothing tells that it is the cluster's. */
function whyLeft(balancer: LoadBalancer, existing: Existing): string | undefined {
  // Octavia is at work: it comes or goes.
  if (balancer.provisioning_status.startsWith("PENDING_")) return undefined;
  const made = madeByController(balancer);
  return made === undefined
    ? whyUnused(balancer, existing)
    : isBalancerOfCluster(balancer, existing)
      ? whyReleasedBy(balancer, made, existing)
      : undefined;
}

function whyReleasedBy(
  { id, tags }: LoadBalancer,
  { namespace, service, cluster }: NonNullable<ReturnType<typeof madeByController>>,
  { services }: Existing,
): string | undefined {
  const owner = `${namespace}/${service}`;
  const gone = whyGone(owner, services);
  const names = services.filter((each) => whyGone(namespacedName(each), services) === undefined);
  // Others may share it: they have its id in an annotation, and it has their names in its tags.
  const needing = names.filter(
    (each) =>
      namespacedName(each) !== owner &&
      (annotation(each, "load-balancer-id") === id || tags.includes(tagOf(cluster, namespacedName(each)))),
  );
  if (needing.length > 0) return undefined;
  const own = services.find((each) => namespacedName(each) === owner);
  const other = own === undefined ? undefined : annotation(own, "load-balancer-id");
  return (
    gone ??
    (other === undefined || other === "" || other === id
      ? undefined
      : `Service ${owner} has another load balancer: ${other}`)
  );
}

/** pkg/openstack/loadbalancer.go (GetLoadBalancerName) */
const tagOf = (cluster: string, owner: string): string =>
  `kube_service_${cluster}_${owner.replace("/", "_")}`.slice(0, 255);

/** One that no controller made is known by the nodes that it leads to, or by their subnet. */
function whyUnused(balancer: LoadBalancer, existing: Existing): string | undefined {
  const isPart = partOf(balancer);
  const pools = existing.pools.filter(isPart).filter(({ members }) => members.length > 0);
  if (pools.length === 0)
    return subnetsOf(existing.nodePorts).has(balancer.vip_subnet_id) && !existing.listeners.some(isPart)
      ? "it is in the nodes' subnet and has neither listeners nor members, so it serves nobody"
      : undefined;
  return pools.every((pool) => leadsNowhere(pool, existing, balancer)) ? nowhere : undefined;
}

const nowhere = "it leads to the cluster's nodes, at node ports that no Service has";

function leadsNowhere({ members }: Pool, existing: Existing, balancer: LoadBalancer): boolean {
  const used = new Set(
    existing.services.flatMap(({ ports }) => ports.flatMap(({ nodePort }) => nodePort ?? [])),
  );
  const { min, max } = ranges.nodePort;
  return (
    members.length > 0 &&
    members.every(
      (member) =>
        holderOf(member, balancer, existing) === "node" &&
        member.protocol_port >= min &&
        member.protocol_port <= max &&
        !used.has(member.protocol_port),
    )
  );
}

/** Listeners and pools of a load balancer that stays. */
function partsLeft(balancer: LoadBalancer, existing: Existing): RemovableOrphan[] {
  if (balancer.provisioning_status.startsWith("PENDING_")) return [];
  const isPart = partOf(balancer);
  const pools = existing.pools.filter(isPart);
  const listeners = existing.listeners.filter(isPart);
  const ofListeners = listeners.flatMap((listener): RemovableOrphan[] => {
    const pool = pools.find(({ id }) => id === listener.default_pool_id);
    const reason =
      (areElsewhere(pool?.members ?? [], balancer, existing) ? undefined : whyTagged(listener, existing)) ??
      whyOfPool(pool, existing, balancer);
    if (reason === undefined) return [];
    const parts = pool === undefined ? [] : [poolPart(pool), ...monitorParts(pool, existing)];
    return [
      {
        kind: "listener",
        name: `${listener.protocol} ${listener.protocol_port} of ${balancer.name}`,
        id: listener.id,
        reason,
        monthlyDollars: 0,
        parts,
        commands: [removal.listener(listener.id), ...(pool === undefined ? [] : [removal.pool(pool.id)])],
      },
    ];
  });
  const used = new Set(listeners.flatMap(({ default_pool_id: id }) => id ?? []));
  return [
    ...ofListeners,
    ...pools
      .filter((pool) => !used.has(pool.id) && leadsNowhere(pool, existing, balancer))
      .map((pool): RemovableOrphan => ({
        ...poolPart(pool),
        name: `${pool.name} of ${balancer.name}`,
        reason: nowhere,
        monthlyDollars: 0,
        parts: monitorParts(pool, existing),
        commands: [removal.pool(pool.id)],
      })),
  ];
}

const whyOfPool = (pool: Pool | undefined, existing: Existing, balancer: LoadBalancer): string | undefined =>
  pool !== undefined && leadsNowhere(pool, existing, balancer) ? nowhere : undefined;

/** The controller tags a listener with its name for the Service's own load balancer. Neither a namespace nor a Service has an underscore. */
function whyTagged({ tags }: Listener, existing: Existing): string | undefined {
  const reasons = tags.map((tag) => {
    const [, cluster = "", namespace = "", service = ""] =
      /^kube_service_(.*)_([^_]+)_([^_]+)$/.exec(tag) ?? [];
    return cluster === existing.cluster ? whyGone(`${namespace}/${service}`, existing.services) : undefined;
  });
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

const poolPart = ({ id, name }: Pool): OrphanPart => ({ kind: "pool", name, id });

const monitorParts = ({ id }: Pool, { monitors }: Existing): OrphanPart[] =>
  monitors
    .filter(({ pools }) => pools.some((pool) => pool.id === id))
    .map((monitor) => ({ kind: "health monitor", name: monitor.type, id: monitor.id }));

function orphanOf(balancer: LoadBalancer, reason: string, existing: Existing): RemovableOrphan {
  const { id, name, vip_port_id } = balancer;
  const made = madeByController(balancer);
  const isPart = partOf(balancer);
  const pools = existing.pools.filter(isPart);
  const floatingIps = existing.floatingIps.filter(({ port_id }) => port_id === vip_port_id);
  return {
    kind: "load balancer",
    name,
    id,
    ...(made === undefined ? {} : { service: `${made.namespace}/${made.service}` }),
    reason,
    monthlyDollars: 0,
    units: unitsOf([balancer.provider], floatingIps.length),
    parts: [
      ...existing.listeners.filter(isPart).map((listener) => ({
        kind: "listener",
        name: `${listener.protocol} ${listener.protocol_port}`,
        id: listener.id,
      })),
      ...pools.flatMap((pool) => [poolPart(pool), ...monitorParts(pool, existing)]),
      ...floatingIps.map((ip) => ({ kind: "floating IP", name: ip.floating_ip_address, id: ip.id })),
    ],
    commands: [...floatingIps.map((ip) => removal.floatingIp(ip.id)), removal.loadBalancer(id)],
  };
}
