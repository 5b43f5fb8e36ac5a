/** A load balancer that the program declares, as Octavia's API will describe it. */
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { generatedName, later } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import { read } from "../../../plan/inputs.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { portOf } from "../../../plan/nodePorts.ts";
import type { PlannedService } from "../../../plan/nodePorts.ts";
import { ofType, only, refersTo, UnreadablePlan } from "../../../plan/resources.ts";
import { noHealthCheck } from "../healthCheck.ts";
import type {
  OctaviaFacts,
  OctaviaListenerFacts,
  OctaviaPoolFacts,
  OpenStackClusterFacts,
} from "../model.ts";
import { usual } from "../usual.ts";
import * as inputs from "./inputs.ts";
import { types } from "./types.ts";

/** @throws UnreadablePlan unless the resources are those of one load balancer, each part of which belongs to another */
export function plannedLoadBalancer(
  resources: readonly PlannedResource[],
  service: PlannedService,
  cluster: OpenStackClusterFacts,
): OctaviaFacts {
  const resource = only(resources, types.loadBalancer);
  const { name, vipSubnetId, loadbalancerProvider, flavorId, availabilityZone, tags } = read(
    inputs.loadBalancer,
    resource,
  );
  const listeners = parts(resources, types.listener, "loadbalancerId", [resource]);
  const pools = parts(resources, types.pool, "listenerId", listeners);
  const members = parts(resources, types.member, "poolId", pools);
  const monitors = parts(resources, types.monitor, "poolId", pools);
  const floatingNetwork = floatingNetworkOf(resources, resource, cluster);
  return {
    // Pulumi adds letters to the resource's name.
    identity: { name: name ?? generatedName(`${resource.name}-`), id: resource.urn },
    owner: "program",
    address: later,
    state: "ACTIVE",
    scheme: floatingNetwork === "none" ? "internal" : "internet-facing",
    provider: loadbalancerProvider,
    vipSubnet: vipSubnetId,
    floatingNetwork,
    flavor: flavorId ?? "default",
    availabilityZone: availabilityZone ?? "default",
    tags,
    listeners: listeners.map((each) => plannedListener(each, pools)),
    pools: pools.map((each) =>
      plannedPool(each, { members: of(members, each), monitors: of(monitors, each), service }),
    ),
  };
}

const of = (all: readonly PlannedResource[], pool: PlannedResource): PlannedResource[] =>
  all.filter((each) => refersTo(each, "poolId", pool));

/** The resources of a type. @throws UnreadablePlan if one belongs to none of the holders */
function parts(
  resources: readonly PlannedResource[],
  type: string,
  input: string,
  holders: readonly PlannedResource[],
): PlannedResource[] {
  const found = ofType(resources, type);
  const astray = found.find((each) => !holders.some((holder) => refersTo(each, input, holder)));
  if (astray !== undefined)
    throw new UnreadablePlan(`${astray.type} "${astray.name}" belongs to another load balancer`);
  return found;
}

function floatingNetworkOf(
  resources: readonly PlannedResource[],
  loadBalancer: PlannedResource,
  { floatingNetwork }: OpenStackClusterFacts,
): string {
  const [ip, ...others] = parts(resources, types.floatingIp, "portId", [loadBalancer]);
  if (ip === undefined) return "none";
  if (others.length > 0) throw new UnreadablePlan("the load balancer has more than one floating IP");
  const { pool } = read(inputs.floatingIp, ip);
  // A program names the network, a controller's settings have its id.
  return pool === floatingNetwork?.name ? floatingNetwork.id : pool;
}

function plannedListener(resource: PlannedResource, pools: readonly PlannedResource[]): OctaviaListenerFacts {
  const declared = read(inputs.listener, resource);
  return {
    identity: { name: resource.name, id: resource.urn },
    owner: "program",
    ...usual.listener,
    protocol: declared.protocol,
    port: declared.protocolPort,
    connectionLimit: declared.connectionLimit,
    allowedCidrs: declared.allowedCidrs,
    timeouts: {
      clientData: declared.timeoutClientData,
      memberConnect: declared.timeoutMemberConnect,
      memberData: declared.timeoutMemberData,
      tcpInspect: declared.timeoutTcpInspect,
    },
    insertHeaders: declared.insertHeaders,
    tags: [],
    forwardsTo: pools.filter((pool) => refersTo(pool, "listenerId", resource)).map(({ urn }) => urn),
  };
}

interface OfPool {
  readonly members: readonly PlannedResource[];
  readonly monitors: readonly PlannedResource[];
  readonly service: PlannedService;
}

function plannedPool(resource: PlannedResource, { members, monitors, service }: OfPool): OctaviaPoolFacts {
  const { protocol, lbMethod, persistence } = read(inputs.pool, resource);
  const declared = members.map((member) => {
    const { address, protocolPort, subnetId, monitorPort } = read(inputs.member, member);
    return { address, port: portOf(member, "protocolPort", protocolPort, service), subnetId, monitorPort };
  });
  return {
    identity: { name: resource.name, id: resource.urn },
    owner: "program",
    ...usual.pool,
    protocol,
    port:
      alike(
        resource,
        declared.map(({ port }) => port),
      ) ?? later,
    lbMethod,
    sessionPersistence: persistence?.type ?? "none",
    memberSubnet:
      alike(
        resource,
        declared.map(({ subnetId }) => subnetId),
      ) ?? "none",
    healthCheck: plannedMonitor(
      resource,
      monitors,
      alike(
        resource,
        declared.map(({ monitorPort }) => monitorPort),
      ),
    ),
    members: declared.map(({ address, port, monitorPort }) => ({
      id: address,
      port,
      owner: "program",
      state: later,
      ...usual.member,
      monitorPort: monitorPort ?? "traffic-port",
    })),
  };
}

/** What all members have. @throws UnreadablePlan if they differ */
function alike<T>(pool: PlannedResource, values: readonly T[]): T | undefined {
  if (new Set(values).size > 1)
    throw new UnreadablePlan(
      `the members of ${pool.type} "${pool.name}" differ in more than their addresses`,
    );
  return values[0];
}

function plannedMonitor(
  pool: PlannedResource,
  [resource, ...others]: readonly PlannedResource[],
  monitorPort: number | undefined,
): HealthCheckFacts {
  if (others.length > 0) throw new UnreadablePlan(`${pool.type} "${pool.name}" has more than one monitor`);
  if (resource === undefined) return noHealthCheck;
  const { type, delay, timeout, maxRetries, maxRetriesDown, urlPath, expectedCodes } = read(
    inputs.monitor,
    resource,
  );
  return {
    enabled: true,
    protocol: type,
    port: monitorPort ?? "traffic-port",
    ...withoutUndefined({ path: urlPath, matcher: expectedCodes }),
    intervalSeconds: delay,
    timeoutSeconds: timeout,
    healthyThresholdCount: maxRetries,
    unhealthyThresholdCount: maxRetriesDown,
  };
}
