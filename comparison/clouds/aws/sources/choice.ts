/** Chooses the load balancer of a Service. */
import type {
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { NodeFacts } from "../../../model/cluster.ts";
import type { EndpointFacts, ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { SourceResult } from "../../../model/sourceResult.ts";
import { byText } from "../../../sources/order.ts";
import { portOfPod } from "../podPorts.ts";
import type { Inventory } from "./inventory.ts";

export type Choice =
  | { readonly kind: "found"; readonly loadBalancer: LoadBalancer }
  /** Why there is none, or more than one. */
  | { readonly kind: "none"; readonly reason: string };

export interface Wanted {
  /** The name or ARN of the one to compare. @default the only one in front of the node ports */
  readonly wanted?: string | undefined;
  /** The Service's. @default not known: then no load balancer is found that leads to pods themselves */
  readonly pods?: readonly EndpointFacts[] | undefined;
}

/**
 * The status of a LoadBalancer Service names its load balancer. In front of a NodePort Service is any load balancer that forwards to its node ports on the cluster's
 * nodes. One that leads to its pods instead must be wanted by name: it may be there for another Service that selects the same pods.
 *
 * @param nodes without them, the load balancers in front of a node port are not known, and neither is a second one besides the Service's
 */
export function chooseLoadBalancer(
  service: ServiceFacts,
  nodes: SourceResult<readonly NodeFacts[]>,
  inventory: Inventory,
  { wanted, pods = [] }: Wanted = {},
): Choice {
  const inFront = nodes.kind === "known" ? loadBalancersInFront(service, nodes.facts, inventory) : [];
  if (service.type !== "LoadBalancer") {
    if (nodes.kind !== "known")
      return { kind: "none", reason: `not known without the nodes: ${nodes.reason}` };
    const ofPods = loadBalancersOfPods(service, pods, inventory);
    if (wanted === undefined && inFront.length === 0 && ofPods.length > 0)
      return { kind: "none", reason: toBeNamed(service, ofPods, inventory) };
    const allowed = wanted === undefined ? inFront : [...new Set([...inFront, ...ofPods])];
    return oneOf(service, allowed, inventory, wanted);
  }
  const hostname = service.ingress[0] ?? "";
  const own = inventory.loadBalancers.find(
    ({ DNSName }) => DNSName?.toLowerCase() === hostname.toLowerCase(),
  );
  if (own === undefined) return { kind: "none", reason: ownIsAbsent(service, hostname, inventory.region) };
  const others = inFront.filter(({ LoadBalancerArn }) => LoadBalancerArn !== own.LoadBalancerArn);
  return oneOf(service, [own, ...others], inventory, wanted);
}

function oneOf(
  service: ServiceFacts,
  found: readonly LoadBalancer[],
  inventory: Inventory,
  wanted: string | undefined,
): Choice {
  if (wanted !== undefined) return chosen(service, found, inventory, wanted);
  const [first] = found;
  if (first === undefined) return { kind: "none", reason: noneInFront(service, inventory) };
  if (found.length === 1) return { kind: "found", loadBalancer: first };
  return {
    kind: "none",
    reason: `${found.length} load balancers forward to the node ports of ${nameOf(service)}: ${namesOf(found).join(", ")}; ${chooseOne}`,
  };
}

const chooseOne = "choose one for each side: --load-balancer NAME, or its ARN";

function toBeNamed(service: ServiceFacts, ofPods: readonly LoadBalancer[], { region }: Inventory): string {
  const lead = ofPods.length === 1 ? "leads" : "lead";
  return (
    `no load balancer in ${region} forwards to the node ports of ${nameOf(service)}; ${namesOf(ofPods).join(" and ")} ${lead} to its pods, ` +
    `perhaps for another Service that selects the same; ${chooseOne}`
  );
}

const namesOf = (found: readonly LoadBalancer[]): string[] =>
  byText(found.map(({ LoadBalancerName }) => LoadBalancerName ?? ""));

/** By its name or ARN, among those that lead to the Service. */
function chosen(
  service: ServiceFacts,
  inFront: readonly LoadBalancer[],
  { region }: Inventory,
  wanted: string,
): Choice {
  const found = inFront.find(({ LoadBalancerName, LoadBalancerArn }) =>
    [LoadBalancerName, LoadBalancerArn].includes(wanted),
  );
  if (found !== undefined) return { kind: "found", loadBalancer: found };
  const names = namesOf(inFront);
  const allowed =
    names.length === 0 ? "no load balancer does" : `allowed is ${names.join(" or ")}, or the ARN of one`;
  return {
    kind: "none",
    reason: `the load balancer "${wanted}" does not forward to ${nameOf(service)} in ${region}; ${allowed}`,
  };
}

function loadBalancersInFront(
  service: ServiceFacts,
  nodes: readonly NodeFacts[],
  inventory: Inventory,
): LoadBalancer[] {
  return withTargets(inventory, (group, target) => leadsTo(service, nodes, group, target));
}

function loadBalancersOfPods(
  service: ServiceFacts,
  pods: readonly EndpointFacts[],
  inventory: Inventory,
): LoadBalancer[] {
  return withTargets(
    inventory,
    ({ TargetType, Protocol, Port }, { Target }) =>
      TargetType === "ip" &&
      pods.some(
        (pod) =>
          pod.address === Target?.Id &&
          service.ports.some(
            (port) => portOfPod(pod, port) === (Target.Port ?? Port) && carries(Protocol, port),
          ),
      ),
  );
}

/** The load balancers with a target of which this holds. */
function withTargets(
  { loadBalancers, groups }: Inventory,
  holds: (group: TargetGroup, target: TargetHealthDescription) => boolean,
): LoadBalancer[] {
  const users = new Set(
    groups
      .filter(({ group, targets }) => targets.some((target) => holds(group, target)))
      .flatMap(({ group }) => group.LoadBalancerArns ?? []),
  );
  return loadBalancers.filter(({ LoadBalancerArn }) => users.has(LoadBalancerArn ?? ""));
}

function leadsTo(
  service: ServiceFacts,
  nodes: readonly NodeFacts[],
  group: TargetGroup,
  { Target }: TargetHealthDescription,
): boolean {
  const port = Target?.Port ?? group.Port;
  return (
    service.ports.some((each) => each.nodePort === port && carries(group.Protocol, each)) &&
    nodes.some(({ instanceId, address }) => Target?.Id === (group.TargetType === "ip" ? address : instanceId))
  );
}

/** The same number may be one Service's node port for TCP and another's for UDP. */
function carries(groupProtocol: string | undefined, { protocol }: ServicePortFacts): boolean {
  if (groupProtocol === "TCP_UDP") return protocol === "TCP" || protocol === "UDP";
  return (groupProtocol === "UDP") === (protocol === "UDP");
}

/** Classic Load Balancers are `<name>.<region>.elb.amazonaws.com`; the region of Network Load Balancers comes after `elb`. */
const classicName = /\.elb\.amazonaws\.com$/i;

function ownIsAbsent(service: ServiceFacts, hostname: string, region: string): string {
  const gone = `the ELBv2 API in ${region} knows no load balancer ${hostname}, which the status of ${nameOf(service)} names`;
  if (/^[\d.]+$|:/.test(hostname)) {
    return `${gone}: AWS load balancers have a host name in the status, not an address; another provider made this one`;
  }
  if (classicName.test(hostname)) {
    return (
      `${gone}: the name is that of a Classic Load Balancer, which the controller makes if the Service lacks the annotation ` +
      "service.beta.kubernetes.io/aws-load-balancer-type: nlb; Classic Load Balancers are not compared"
    );
  }
  return (
    `${gone}: it was deleted, and the controller makes a new one at the Service's next change; ` +
    "or it is in another account or region: check AWS_PROFILE and AWS_REGION"
  );
}

function noneInFront(service: ServiceFacts, { groups, region }: Inventory): string {
  const nodePorts = service.ports.flatMap(({ nodePort }) => (typeof nodePort === "number" ? [nodePort] : []));
  const none = `no load balancer in ${region} forwards to ${nameOf(service)} (node port ${nodePorts.join(", ")})`;
  const named = groups.find(({ group }) => nodePorts.includes(group.Port ?? 0))?.group;
  if (named === undefined) {
    return (
      `${none}: no target group has this port with the cluster's nodes as targets; ` +
      "make one, or check AWS_PROFILE and AWS_REGION"
    );
  }
  const unlinked = (named.LoadBalancerArns ?? []).length === 0;
  const missing = unlinked
    ? "no listener forwards to it"
    : "none of the cluster's nodes is registered with it";
  return `${none}: the target group ${named.TargetGroupName ?? ""} has this port, but ${missing}`;
}

function nameOf({ namespace, identity }: ServiceFacts): string {
  return `Service ${namespace}/${identity.name}`;
}
