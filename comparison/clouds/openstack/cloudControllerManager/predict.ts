/**
 * A model of the OpenStack cloud controller manager, kubernetes/cloud-provider-openstack v1.35.0: which objects of Octavia and Neutron it makes of a Service.
 * Source: pkg/openstack/loadbalancer.go and loadbalancer_sg.go. Octavia's API is of version 2.16 or later, so that it has tags, allowed CIDRs, flavors, time-outs and HTTP
 * monitors of UDP pools (pkg/util/openstack/loadbalancer.go).
 */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import { later, isNameKnown } from "../../../model/later.ts";
import type { NodePort } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { Predicted } from "../../cloud.ts";
import { refusedFor } from "../../refusing.ts";
import type {
  ControllerSettings,
  OctaviaFacts,
  OctaviaListenerFacts,
  OctaviaPoolFacts,
  OpenStack,
  OpenStackClusterFacts,
  RuleFacts,
} from "../model.ts";
import { noHealthCheck } from "../healthCheck.ts";
import { given, integer } from "./annotations.ts";
import { checkProtocol, listenerProtocol, poolProtocol } from "./existing.ts";
import { memberNodes } from "./nodes.ts";
import { settingsNotKnown, whyNotModelled } from "./notModelled.ts";
import { reasonsFor } from "./refusals/index.ts";
import {
  addsForwardedFor,
  availabilityZoneOf,
  flavorOf,
  floatingNetworkOf,
  healthCheckNodePortOf,
  isInternal,
  isMonitored,
  lbMethodOf,
  memberSubnetOf,
  monitorTimingOf,
  timeoutsOf,
  vipSubnetOf,
} from "./settings.ts";
import { usual } from "../usual.ts";
import { sourceRanges } from "./sourceRanges.ts";

const owner = "cloud controller";

/** The service controller leaves a Service with a class to others. https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (wantsLoadBalancer) */
export const claims = ({ type, loadBalancerClass }: ServiceFacts): boolean =>
  type === "LoadBalancer" && loadBalancerClass === undefined;

/** @param existing the Service's load balancer, if it exists already */
export function predict(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts,
  existing?: OctaviaFacts,
): Predicted<OpenStack> {
  const { controllerSettings: settings } = cluster;
  const notOwn = whyNotItsOwn(service, settings);
  if (notOwn !== undefined) return { kind: "not its own", reason: notOwn };
  if (settings === undefined) return { kind: "not modelled", reason: settingsNotKnown };
  const unknown = whyNotModelled(service, cluster);
  if (unknown !== undefined) return { kind: "not modelled", reason: unknown };
  const refused = refusedFor(reasonsFor({ service, cluster, settings, existing }));
  if (refused !== undefined) return refused;
  const loadBalancer = loadBalancerOf(service, cluster, settings);
  const firewall = { nodes: rulesOf(service, cluster), loadBalancer: [] };
  return settings.manageSecurityGroups
    ? { kind: "made", loadBalancer, firewall }
    : { kind: "made", loadBalancer, firewall: { ...firewall, nodes: [] }, rulesNotKnown: notManaged };
}

const notManaged =
  "the controller's cloud.conf has manage-security-groups=false, so rules that others made decide whether the load balancer reaches the nodes, and nothing here shows them; set it to true, or compare what exists";

/** Undefined if the controller serves the Service. @param settings undefined if they are not known */
export function whyNotItsOwn(
  { type, loadBalancerClass }: ServiceFacts,
  settings: ControllerSettings | undefined,
): string | undefined {
  if (type !== "LoadBalancer") return `it is of type ${type}`;
  if (loadBalancerClass !== undefined)
    return `its loadBalancerClass is ${loadBalancerClass}, and the controller serves only Services without a class`;
  return settings?.enabled === false
    ? "the controller's cloud.conf has enabled=false, with which it serves no Service"
    : undefined;
}

/** GetLoadBalancerName, with at most 255 characters. Undefined before the API server has completed the name. */
export function loadBalancerName({ namespace, identity }: ServiceFacts, cluster: string): string {
  if (namespace === later || !isNameKnown(identity.name)) return later;
  return `kube_service_${cluster}_${namespace}_${identity.name}`.slice(0, 255);
}

function loadBalancerOf(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts,
  settings: ControllerSettings,
): OctaviaFacts {
  const name = loadBalancerName(service, cluster.name);
  const internal = isInternal(service, settings);
  const ports = service.ports.map((port, index) => ({ port, index }));
  return {
    identity: { name, id: later },
    owner,
    address: given(service.loadBalancerIP) ?? later,
    state: "ACTIVE",
    scheme: internal ? "internal" : "internet-facing",
    // Without a name, Octavia takes its own default.
    provider: given(settings.lbProvider) ?? later,
    vipSubnet: vipSubnetOf(service, settings, cluster),
    floatingNetwork: (internal ? undefined : floatingNetworkOf(service, settings, cluster)) ?? "none",
    flavor: given(flavorOf(service, settings)) ?? "default",
    availabilityZone: given(availabilityZoneOf(service, settings)) ?? "default",
    tags: [name],
    listeners: ports.map(({ port, index }) => listenerOf(service, port, index, name)),
    pools: ports.map(({ port, index }) => poolOf(service, port, index, { cluster, settings, name })),
  };
}

const objectName = (kind: string, index: number, name: string): string =>
  name === later ? later : `${kind}_${index}_${name}`.slice(0, 255);

/** In the place of an id that Octavia has yet to give. */
const poolId = ({ protocol, port }: ServicePortFacts): string => `pool of ${protocol} ${port}`;

/** buildListenerCreateOpt */
function listenerOf(
  service: ServiceFacts,
  port: ServicePortFacts,
  index: number,
  name: string,
): OctaviaListenerFacts {
  return {
    identity: { name: objectName("listener", index, name), id: later },
    owner,
    ...usual.listener,
    protocol: listenerProtocol(service, port),
    port: port.port,
    connectionLimit: integer(service, "connection-limit", octaviaDefaults.connectionLimit),
    allowedCidrs: sourceRanges(service),
    timeouts: timeoutsOf(service),
    insertHeaders: addsForwardedFor(service) ? { "X-Forwarded-For": "true" } : {},
    tags: [name],
    forwardsTo: [poolId(port)],
  };
}

/** buildPoolCreateOpt, buildBatchUpdateMemberOpts */
function poolOf(
  service: ServiceFacts,
  port: ServicePortFacts,
  index: number,
  {
    cluster,
    settings,
    name,
  }: {
    readonly cluster: OpenStackClusterFacts;
    readonly settings: ControllerSettings;
    readonly name: string;
  },
): OctaviaPoolFacts {
  const { nodePort } = port;
  const nodes = nodePort === undefined ? [] : memberNodes(service, cluster.nodes, settings);
  return {
    identity: { name: objectName("pool", index, name), id: poolId(port) },
    owner,
    ...usual.pool,
    protocol: poolProtocol(service, port),
    // Only members show it, the subnet and the port of the checks.
    port: nodes.length === 0 ? later : (nodePort ?? later),
    lbMethod: lbMethodOf(service, settings),
    sessionPersistence: service.sessionAffinity === "ClientIP" ? "SOURCE_IP" : "none",
    memberSubnet: nodes.length === 0 ? "none" : memberSubnetOf(service, settings, cluster),
    healthCheck: {
      ...healthCheckOf(service, port, settings),
      ...(nodes.length === 0 ? { port: "traffic-port" as const } : {}),
    },
    members: nodes.map(({ address }) => ({
      id: address,
      port: nodePort ?? later,
      owner,
      state: later,
      ...usual.member,
      monitorPort: healthCheckNodePortOf(service, settings) ?? "traffic-port",
    })),
  };
}

/** buildMonitorCreateOpts */
function healthCheckOf(
  service: ServiceFacts,
  servicePort: ServicePortFacts,
  settings: ControllerSettings,
): HealthCheckFacts {
  if (!isMonitored(service, settings)) return noHealthCheck;
  const port = healthCheckNodePortOf(service, settings);
  const timing = monitorTimingOf(service, settings);
  const protocol = checkProtocol(service, servicePort, settings);
  return port === undefined
    ? { enabled: true, protocol, port: "traffic-port", ...timing }
    : { enabled: true, protocol, port, path: "/healthz", matcher: "200", ...timing };
}

/** loadbalancer_sg.go (ensureAndUpdateOctaviaSecurityGroup): a group for the Service, on the ports of the nodes. */
function rulesOf(service: ServiceFacts, cluster: OpenStackClusterFacts): RuleFacts[] {
  const rule = (protocol: string, port: NodePort): RuleFacts => ({
    identity: { name: loadBalancerName(service, cluster.name), id: later },
    owner,
    securityGroup: ownGroup,
    protocol,
    fromPort: port,
    toPort: port,
    source: cluster.subnetCidr,
  });
  const { healthCheckNodePort } = service;
  return [
    ...service.ports.flatMap(({ protocol, nodePort }) =>
      nodePort === undefined ? [] : [rule(protocol.toLowerCase(), nodePort)],
    ),
    ...(healthCheckNodePort === undefined ? [] : [rule("tcp", healthCheckNodePort)]),
  ];
}

/** Its name has the Service's uid, which only the API server gives: lb-sg-UID-NAMESPACE-NAME. */
export const ownGroup = "the Service's own";
