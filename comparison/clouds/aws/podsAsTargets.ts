/** One side's load balancer leads to nodes, and the other's to pods. */
import type { Entry, Pair } from "../../difference/entry.ts";
import { healthCheckRole } from "../../difference/roles.ts";
import { step } from "../../difference/shape.ts";
import { later } from "../../model/later.ts";
import type { EndpointFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { sides } from "../../result/bySide.ts";
import type { Side } from "../../result/bySide.ts";
import type { Aws, AwsExposure, TargetGroupFacts } from "./model.ts";
import { leadsToPods } from "./podPorts.ts";

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
    const { values } = pair;
    return pair.paths
      .filter((path) => isPart(path, pair, { nodes, pods }))
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
  { nodes, pods }: { readonly nodes: Side; readonly pods: Side },
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
  const isOneSided = values[nodes].has(path) !== values[pods].has(path);
  return isOneSided && areAllTargets(pair, nodes, pods) && isWell(rest, values, path);
}

const ruleForChecks = new RegExp(`^firewall / nodes / .*${healthCheckRole} from `);
const check = `healthCheck${step}`;

/** The path of the check's port, beside another field of the check. */
const checkPort = (path: string): string => path.replace(/[^/]+$/, " port");

/** The state of a target that takes traffic is no difference. */
function isWell(rest: string, values: Pair["values"], path: string): boolean {
  if (rest.endsWith(`${step}reason`)) return false;
  if (!rest.endsWith(`${step}state`)) return true;
  const state = values.left.get(path) ?? values.right.get(path);
  return state === "healthy" || state === later;
}

/** Every node of the cluster on one side, and every ready pod on the other, if there are some already. */
function areAllTargets(pair: Pair<Aws>, nodes: Side, pods: Side): boolean {
  const cluster = factsIn(pair.facts.cluster)?.nodes ?? [];
  const ofNodes = groupsOf(pair, nodes).every(({ members }) =>
    cluster.every(({ ready, instanceId }) => !ready || members.some(({ id }) => id === instanceId)),
  );
  const endpoints: readonly EndpointFacts[] | undefined = factsIn(pair[pods].endpoints);
  const ready = (endpoints ?? []).filter((pod) => pod.ready).map(({ address }) => address);
  const ofPods = groupsOf(pair, pods).every(
    ({ members }) =>
      members.length === ready.length && ready.every((address) => members.some(({ id }) => id === address)),
  );
  return ofNodes && ofPods;
}
