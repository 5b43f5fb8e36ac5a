/** One side's load balancer leads to nodes, and the other's to pods. */
import type { Entry, Pair } from "../../difference/entry.ts";
import { healthCheckRole } from "../../difference/roles.ts";
import { step } from "../../difference/shape.ts";
import { later } from "../../model/later.ts";
import type { NodePort } from "../../model/later.ts";
import type { MemberFacts } from "../../model/loadBalancer.ts";
import type { EndpointFacts, ServicePortFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { sides } from "../../result/bySide.ts";
import type { Side } from "../../result/bySide.ts";
import type { Aws, AwsExposure, TargetGroupFacts } from "./model.ts";
import { protocolOf } from "./admission/doors.ts";
import { leadsToPods, portOfPod } from "./podPorts.ts";
import { isOfBinding } from "./loadBalancerController/catalogue/bindings.ts";
import { ipProtocols } from "./sources/openings.ts";

const source =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type";

/** Of any two exposures. */
export const podsAsTargets: Entry<Aws> = {
  id: "pods-as-targets",
  why: "The targets of one side are nodes, where kube-proxy leads to a pod, and those of the other are the pods themselves.",
  affects:
    "pods, which see the load balancer's address instead of a node's; clients of a zone without a ready pod, unless cross-zone load balancing is on; and roll-outs, which lose requests unless the pods have readiness gates of the AWS Load Balancer Controller",
  remedy: "give both the same targetType",
  source,
  expects(pair) {
    const [nodes, pods] = sidesOf(pair) ?? [];
    if (nodes === undefined || pods === undefined || !treatsClientsAlike(pair, nodes, pods)) return [];
    const expected = expectedTargets(pair, nodes, pods);
    if (!sides.every((side) => hasAll(pair, side, expected[side]))) return [];
    const places = new Set(sides.flatMap((side) => placesOf(pair, side, expected[side])));
    const { values } = pair;
    return pair.paths
      .filter((path) => isPart(path, pair, { nodes, pods, places }))
      .map((path) => ({
        path,
        left: values.left.get(path) ?? null,
        right: values.right.get(path) ?? null,
      }))
      .filter(({ left, right }) => left !== right);
  },
};

/** Of any two exposures. */
export const withoutNodePorts: Entry<Aws> = {
  id: "no-node-ports",
  why: "Pods are the targets, and their Service says that it reserves no node ports.",
  affects: "whoever connects to a node port: nobody who comes through the load balancer",
  remedy: "allocateLoadBalancerNodePorts: true",
  source:
    "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation",
  expects(pair) {
    const [without, ...others] = sides.filter((side) => waivesNodePorts(pair[side]));
    if (without === undefined || others.length > 0) return [];
    const { values } = pair;
    const isOfNodePorts = (path: string): boolean =>
      path === allocation ||
      (/^service \/ ports \/ [^/]+ \/ nodePort$/.test(path) && !values[without].has(path)) ||
      (/^dataPath \/ [^/]+ \/ entrances \/ node port /.test(path) && !values[without].has(path));
    return pair.paths.filter(isOfNodePorts).flatMap((path) => {
      const [left, right] = [values.left.get(path) ?? null, values.right.get(path) ?? null];
      return left === right ? [] : [{ path, left, right }];
    });
  },
};

function waivesNodePorts(exposure: AwsExposure): boolean {
  return leadsToPods(exposure) && factsIn(exposure.service)?.allocateLoadBalancerNodePorts === false;
}

const allocation = "service / allocateLoadBalancerNodePorts";

/** The side with nodes and the one with pods; undefined if both have the same. */
function sidesOf(pair: Pair<Aws>): readonly [Side, Side] | undefined {
  const [withPods, ...others] = sides.filter((side) => leadsToPods(pair[side]));
  if (withPods === undefined || others.length > 0) return undefined;
  const [nodes] = sides.filter((side) => side !== withPods);
  const groups = nodes === undefined ? [] : groupsOf(pair, nodes);
  const leadsToNodes = groups.length > 0 && groups.every(({ targetType }) => targetType === "instance");
  return nodes === undefined || !leadsToNodes ? undefined : [nodes, withPods];
}

function groupsOf(pair: Pair<Aws>, side: Side): readonly TargetGroupFacts[] {
  return factsIn(pair[side].loadBalancer)?.pools ?? [];
}

/**
 * What kube-proxy does for nodes does not happen for pods: to keep a client with a pod, to prefer near pods. Behind a node, a pod sees the client's address under the policy Local
 * alone, and as a target or behind a node only if the load balancer keeps it.
 */
function treatsClientsAlike(pair: Pair<Aws>, nodes: Side, pods: Side): boolean {
  const service = factsIn(pair[nodes].service);
  if (service === undefined) return false;
  const { sessionAffinity, trafficDistribution, externalTrafficPolicy } = service;
  if (sessionAffinity === "ClientIP" || trafficDistribution !== undefined) return false;
  const keeps = ({ attributes }: TargetGroupFacts): boolean => attributes[keepsClient] === "true";
  const ofNodes = groupsOf(pair, nodes).map((group) => externalTrafficPolicy === "Local" && keeps(group));
  return groupsOf(pair, pods).every((group) => ofNodes.every((isSeen) => isSeen === keeps(group)));
}

const keepsClient = "preserve_client_ip.enabled";

const field = /^loadBalancer \/ targetGroups \/ [^/]+ \/ (?<rest>.+)$/;

function isPart(
  path: string,
  pair: Pair<Aws>,
  {
    nodes,
    pods,
    places,
  }: { readonly nodes: Side; readonly pods: Side; readonly places: ReadonlySet<string> },
): boolean {
  const { values } = pair;
  // Under the policy Local the nodes have a port for health checks. Pods are checked at their own.
  if (ruleForChecks.test(path)) return values[nodes].has(path) && !values[pods].has(path);
  const rest = field.exec(path)?.groups?.rest;
  if (rest === undefined) return false;
  if (rest === "targetType" || rest === "port") return true;
  if (rest.startsWith(check)) return values[nodes].get(checkPort(path)) === healthCheckRole;
  if (rest === ["attributes", keepsClient].join(step))
    return values[pods].get(path) === "false" && values[nodes].get(path) === "true";
  if (!rest.startsWith("targets")) return false;
  const side = values[nodes].has(path) ? nodes : pods;
  const isOneSided = !values[side === nodes ? pods : nodes].has(path);
  return isOneSided && isOfTarget(path, places) && isAsItHasToBe(path, pair, side);
}

/** An empty list of targets has a value of its own. */
function isOfTarget(path: string, places: ReadonlySet<string>): boolean {
  return path.endsWith(`${step}targets`) || places.has(path.slice(0, path.lastIndexOf(step)));
}

const ruleForChecks = new RegExp(`^firewall / nodes / .*${healthCheckRole} from `);
const check = `healthCheck${step}`;

/** The path of the check's port, beside another field of the check. */
const checkPort = (path: string): string => path.replace(/[^/]+$/, " port");

/** Of a target that takes traffic, and that the maker of the load balancer or a TargetGroupBinding registered. */
function isAsItHasToBe(path: string, pair: Pair<Aws>, side: Side): boolean {
  const values = pair.values[side];
  const value = values.get(path);
  const name = path.slice(path.lastIndexOf(step) + step.length);
  if (name === "state") return value === "healthy" || value === later;
  if (name === "owner")
    return value === values.get(["loadBalancer", "owner"].join(step)) || isOfBinding(path, pair);
  return ["id", "port", "targets"].includes(name);
}

/** A target as it has to be. */
interface ExpectedTarget {
  readonly id: string;
  readonly port: NodePort;
  /** Whether it has to be there. */
  readonly takesTraffic: boolean;
}

type ExpectedTargets = (group: TargetGroupFacts) => readonly ExpectedTarget[];

/** Every node of the cluster on one side, and every ready pod on the other, if there are some already. */
function expectedTargets(pair: Pair<Aws>, nodes: Side, pods: Side): Record<Side, ExpectedTargets> {
  const ofCluster = factsIn(pair.facts.cluster)?.nodes ?? [];
  const endpoints: readonly EndpointFacts[] = factsIn(pair[pods].endpoints) ?? [];
  const ofNodes: ExpectedTargets = ({ port }) =>
    ofCluster.map(({ instanceId: id, ready: takesTraffic }) => ({ id, port, takesTraffic }));
  const ofPods: ExpectedTargets = (group) => {
    const ports = servedBy(pair[pods], group);
    return endpoints
      .filter(({ ready }) => ready)
      .flatMap((pod) => {
        const found = ports.flatMap((port) => portOfPod(pod, port) ?? []);
        return found.map((port) => ({ id: pod.address, port, takesTraffic: true }));
      });
  };
  return nodes === "left" ? { left: ofNodes, right: ofPods } : { left: ofPods, right: ofNodes };
}

/** The ports of the Service whose listeners lead to the group. */
function servedBy(
  { service, loadBalancer }: AwsExposure,
  { identity, protocol: ofGroup }: TargetGroupFacts,
): readonly ServicePortFacts[] {
  const listeners = (factsIn(loadBalancer)?.listeners ?? []).filter(({ forwardsTo }) =>
    forwardsTo.includes(identity.id),
  );
  return (factsIn(service)?.ports ?? []).filter(
    ({ port, protocol }) =>
      ipProtocols(ofGroup).includes(protocolOf(protocol)) && listeners.some((each) => each.port === port),
  );
}

function hasAll(pair: Pair<Aws>, side: Side, expected: ExpectedTargets): boolean {
  return groupsOf(pair, side).every((group) =>
    expected(group).every(
      (target) => !target.takesTraffic || group.members.some((member) => isSame(member, target)),
    ),
  );
}

function isSame(member: MemberFacts, { id, port }: ExpectedTarget): boolean {
  return member.id === id && member.port === port;
}

/** Where the values of the targets are that have to be there. */
function placesOf(pair: Pair<Aws>, side: Side, expected: ExpectedTargets): string[] {
  const { text } = pair.roles[side];
  return groupsOf(pair, side).flatMap((group) => {
    const all = expected(group);
    return group.members
      .filter((member) => all.some((target) => isSame(member, target)))
      .map(({ id }) =>
        ["loadBalancer", "targetGroups", text(group.identity.id), "targets", text(id)].join(step),
      );
  });
}
