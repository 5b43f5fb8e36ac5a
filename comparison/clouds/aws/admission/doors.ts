/**
 * What an exposure needs open on the nodes: doors. The rules of a node's security groups are a union: what counts is who is let in at each door.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
import { nodePortRole } from "../../../difference/roles.ts";
import type { Roles } from "../../../difference/roles.ts";
import type { NodePort } from "../../../model/later.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import type { AwsClusterFacts, AwsExposure, NlbFacts, RuleFacts, TargetGroupFacts } from "../model.ts";
import { destinationsOf, leadsToPods } from "../podPorts.ts";
import { sourcesOf } from "../../../clientSources.ts";
import type { Sources } from "../../../clientSources.ts";

export interface Door {
  /** By role, so that it is the same on both sides. */
  readonly name: string;
  readonly protocol: string;
  /** Undefined for path MTU discovery. */
  readonly port?: NodePort;
  /** Whether clients use it; only the load balancer's health checks use the others. */
  readonly isForClients: boolean;
}

/** Every node needs it, whatever the Service is. */
export const pathMtu: Door = { name: "path MTU discovery (icmp 3/4)", protocol: "icmp", isForClients: true };

/** Kubernetes' names, and EC2's. */
const protocols: Readonly<Record<string, string>> = { TCP: "tcp", UDP: "udp" };

export function protocolOf(ofPort: string): string {
  return protocols[ofPort] ?? ofPort;
}

export function doorsOf(exposure: AwsExposure, roles: Roles): Door[] {
  const clients = destinationsOf(exposure).map(({ port, destination }): Door => {
    const protocol = protocolOf(port.protocol);
    // By the role that a node port would have: what counts is who is let in to the Service's port.
    const name = leadsToPods(exposure) ? nodePortRole(port, roles.names) : roles.nodePort(destination);
    return { name: `${protocol} ${name}`, protocol, port: destination, isForClients: true };
  });
  const checks = (factsIn(exposure.loadBalancer)?.pools ?? []).flatMap((pool) => {
    const port = checkedPort(pool);
    return port === undefined ? [] : [door("tcp", port, false, roles)];
  });
  // Ports that are not allocated yet have one name. A port of both is the clients'.
  const byPort = [...checks, ...clients, pathMtu].map((each) => [`${each.name} ${each.port}`, each] as const);
  return [...new Map(byPort).values()];
}

/** Undefined for pods that are checked where they serve clients. */
function checkedPort({ healthCheck, port, targetType }: TargetGroupFacts): NodePort | undefined {
  if (healthCheck.port !== "traffic-port") return healthCheck.port;
  return targetType === "ip" ? undefined : port;
}

function door(protocol: string, port: NodePort, isForClients: boolean, roles: Roles): Door {
  return { name: `${protocol} ${roles.nodePort(port)}`, protocol, port, isForClients };
}

/** EC2 shows some protocols by number if they were given so. https://www.iana.org/assignments/protocol-numbers */
const numbers: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

export function opens(rule: RuleFacts, { protocol, port }: Pick<Door, "protocol" | "port">): boolean {
  const { ipProtocol, fromPort, toPort } = rule;
  if (ipProtocol === "-1") return true;
  if ((numbers[ipProtocol] ?? ipProtocol) !== protocol) return false;
  // Type and code: "fragmentation needed" is 3/4, and -1 is any.
  if (port === undefined) return isAnyOr(fromPort, 3) && (fromPort === -1 || isAnyOr(toPort, 4));
  if (fromPort === -1) return true;
  if (typeof port === "number" && typeof fromPort === "number" && typeof toPort === "number")
    return fromPort <= port && port <= toPort;
  // Ports that Kubernetes has not allocated yet: only the ends of a range are known to be in it.
  return fromPort === port || toPort === port;
}

/** Whether the rule opens the door, and nothing else. A rule for all traffic has no ports, whatever its fields say. */
export function opensOnly(rule: RuleFacts, door: Door): boolean {
  // ICMP's type and code.
  const [from, to] = door.port === undefined ? [3, 4] : [door.port, door.port];
  return rule.ipProtocol !== "-1" && opens(rule, door) && rule.fromPort === from && rule.toPort === to;
}

function isAnyOr(value: NodePort, wanted: number): boolean {
  return value === -1 || value === wanted;
}

/**
 * Security groups that a node has together. Where it is not known which node has which, each group counts alone: what one group lets in may not be let in by the
 * nodes that only have another.
 */
export function groupsTogether(
  cluster: AwsClusterFacts | undefined,
  rules: readonly RuleFacts[],
): readonly (readonly string[])[] {
  const together = cluster?.securityGroupsOfNodes;
  return together ?? [...new Set(rules.map(({ securityGroup }) => securityGroup))].map((group) => [group]);
}

/** Who is let in at a door by these groups: directly, or by way of the load balancer. */
export function admitted(
  exposure: AwsExposure,
  cluster: AwsClusterFacts | undefined,
  groups: readonly string[],
  to: Door,
): Sources {
  return sourcesOf(
    rulesOn(exposure)
      .filter((rule) => groups.includes(rule.securityGroup) && opens(rule, to))
      .flatMap((rule) => sourcesBehind(rule, to, exposure, cluster)),
  );
}

/**
 * A rule for a group of the load balancer lets in whom the load balancer's own rules let in to the listener, and the load balancer's health checks, which come
 * from its subnets. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function sourcesBehind(
  rule: RuleFacts,
  to: Door,
  exposure: AwsExposure,
  cluster: AwsClusterFacts | undefined,
): readonly string[] {
  const balancer = factsIn(exposure.loadBalancer);
  const clients = clientsBehind(rule, to, exposure);
  return balancer === undefined || !isOfBalancer(rule, exposure)
    ? clients
    : [...clients, ...checksAt(to, balancer, cluster)];
}

/** Whether the rule lets in the load balancer, by one of its groups. */
export function isOfBalancer({ source }: RuleFacts, { loadBalancer }: AwsExposure): boolean {
  return factsIn(loadBalancer)?.securityGroups.includes(source) === true;
}

/** Whom the rule lets in: its source, or whoever comes by way of the load balancer. */
export function clientsBehind(rule: RuleFacts, to: Door, exposure: AwsExposure): readonly string[] {
  return isOfBalancer(rule, exposure) ? clientsAtBalancer(to, exposure) : [rule.source];
}

/** Whom the load balancer's groups let in to the listeners that lead to the door. */
export function clientsAtBalancer(to: Door, exposure: AwsExposure): readonly string[] {
  const groups = factsIn(exposure.loadBalancer)?.securityGroups ?? [];
  const entrances = entrancesTo(to, exposure);
  return (factsIn(exposure.firewall)?.loadBalancer ?? [])
    .filter(
      (each) => groups.includes(each.securityGroup) && entrances.some((entrance) => opens(each, entrance)),
    )
    .map((each) => each.source);
}

/** Where clients connect to the load balancer. */
export function entrancesTo(to: Door, exposure: AwsExposure): readonly Door[] {
  if (to.port === undefined) return [to];
  return destinationsOf(exposure)
    .filter(({ port, destination }) => protocolOf(port.protocol) === to.protocol && destination === to.port)
    .map(({ port: { port } }) => ({ ...to, port }));
}

/** Who comes to the door by way of the load balancer, if it has security groups; undefined if it has none, so that the nodes' rules alone decide. */
export function admittedByBalancer(
  exposure: AwsExposure,
  cluster: AwsClusterFacts | undefined,
  to: Door,
): Sources | undefined {
  const balancer = factsIn(exposure.loadBalancer);
  if (balancer === undefined || balancer.securityGroups.length === 0) return undefined;
  return sourcesOf([...clientsAtBalancer(to, exposure), ...checksAt(to, balancer, cluster)]);
}

/** Where health checks of the door come from. */
function checksAt(
  { protocol, port, isForClients }: Door,
  { pools, zones }: NlbFacts,
  cluster: AwsClusterFacts | undefined,
): string[] {
  const isChecked = pools.some(
    (pool) =>
      protocol === "tcp" && (checkedPort(pool) === port || (checkedPort(pool) === undefined && isForClients)),
  );
  const used = new Set(zones.map(({ subnet }) => subnet));
  return isChecked ? (cluster?.subnets ?? []).filter(({ id }) => used.has(id)).map(({ cidr }) => cidr) : [];
}

export function rulesOn({ firewall }: AwsExposure): readonly RuleFacts[] {
  return factsIn(firewall)?.nodes ?? [];
}

export function hasGroups({ loadBalancer }: AwsExposure): boolean {
  return (factsIn(loadBalancer)?.securityGroups ?? []).length > 0;
}
