/**
 * Roles of the values that differ between any two exposures: addresses, ids, node ports. Two exposures are alike if they have the same roles in the same
 * places. If only one side's value has a role, this is a difference.
 */
import type { Exposure } from "../model/exposure.ts";
import { later } from "../model/later.ts";
import type { NodePort } from "../model/later.ts";
import type { EndpointFacts, ServiceFacts, ServicePortFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { ObjectNames } from "./objectNames.ts";
import type { Shape } from "./shape.ts";

export interface Roles {
  /** A value's role, or the value itself. */
  readonly text: (value: string) => string;
  readonly nodePort: (value: NodePort) => string;
  readonly names: ObjectNames;
}

/** Roles have brackets, so that they never equal a value. */
function role(name: string): string {
  return `<${name}>`;
}

export function rolesOf(
  { service, endpoints, loadBalancer }: Exposure,
  { shape, names }: { readonly shape: Pick<Shape, "roles">; readonly names: ObjectNames },
): Roles {
  const balancer = factsIn(loadBalancer);
  const pods = factsIn(endpoints) ?? [];
  const roles = [
    ...serviceRoles(factsIn(service)),
    ...endpointRoles(pods),
    ...endpointPortRoles(pods, factsIn(service), names),
    ...(balancer === undefined ? [] : shape.roles(balancer, names)).map(
      ([value, name]) => [value, role(name)] as const,
    ),
  ];
  // Values that are not known yet have no role: they would all share it.
  const texts = new Map(roles.filter(([value]) => value !== later));
  const nodePorts = nodePortRoles(factsIn(service), names);
  const whole = (value: string): string => texts.get(value) ?? value;
  return {
    text: (value) => {
      const own = texts.get(value);
      if (own !== undefined) return own;
      // An address with a port, such as an endpoint of kube-proxy's.
      const [, address, port] = /^(.+):(\d+)$/.exec(value) ?? [];
      return address === undefined || port === undefined ? value : `${whole(address)}:${port}`;
    },
    nodePort: (value) => nodePorts.get(value) ?? String(value),
    names,
  };
}

function serviceRoles(service: ServiceFacts | undefined): [string, string][] {
  if (service === undefined) return [];
  return [
    ...service.clusterIPs.map((address): [string, string] => [address, role("cluster IP")]),
    // As tags name a Service.
    [`${service.namespace}/${service.identity.name}`, role("this Service")],
  ];
}

/** Pods get numbers, because the scheduler chooses their nodes. */
function endpointRoles(endpoints: readonly EndpointFacts[]): [string, string][] {
  return inNodeOrder(endpoints).map(({ address }, index) => [address, role(`pod ${index + 1}`)]);
}

/** An endpoint's ports have the names of the Service's ports, such as `http: 8080/TCP`. */
function endpointPortRoles(
  endpoints: readonly EndpointFacts[],
  service: ServiceFacts | undefined,
  names: ObjectNames,
): [string, string][] {
  return endpoints
    .flatMap(({ ports }) => ports)
    .flatMap((text) => {
      const [, name, number] = /^([^:]*)(: .*)$/.exec(text) ?? [];
      const port = service?.ports.find((each) => each.name === name);
      return port === undefined ? [] : [[text, `${names.port(port)}${number ?? ""}`]];
    });
}

/** Endpoints that take traffic come first, ordered by node: the sides may have different pods ending. */
export function inNodeOrder(endpoints: readonly EndpointFacts[]): EndpointFacts[] {
  return [...endpoints].sort(
    (a, b) =>
      Number(b.ready) - Number(a.ready) || compareText(a.node, b.node) || compareText(a.address, b.address),
  );
}

/** The role of the node port where kube-proxy answers health checks. */
export const healthCheckRole = role("health-check node port");

/** The role of the node port of one of the Service's ports. */
export function nodePortRole(port: ServicePortFacts, names: ObjectNames): string {
  return names.tellsNodePorts ? role(`node port of ${names.port(port)}`) : later;
}

function nodePortRoles(service: ServiceFacts | undefined, names: ObjectNames): Map<NodePort, string> {
  const roles = new Map<NodePort, string>();
  if (service?.healthCheckNodePort !== undefined) {
    roles.set(service.healthCheckNodePort, healthCheckRole);
  }
  const ports = (service?.ports ?? []).filter(({ nodePort }) => nodePort !== undefined);
  for (const port of ports) {
    const { nodePort } = port;
    // Several ports that Kubernetes has not allocated yet cannot be told apart. Whether they equal those that are known is not known then.
    if (nodePort !== undefined) roles.set(nodePort, nodePortRole(port, names));
  }
  return roles;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
