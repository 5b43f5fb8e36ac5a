/** Known differences between the two Service types inside the cluster. */
import { clientsAtBalancer, doorsOf, hasGroups, opens, protocolOf, rulesOn } from "../../admission/doors.ts";
import type { Door } from "../../admission/doors.ts";
import { equalDoors } from "../../admission/sameClients.ts";
import { areSame, contains, sourcesOf } from "../../../../clientSources.ts";
import { networksOf } from "../../../../addresses.ts";
import type { Aws } from "../../model.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { finalizer } from "../../../serviceController.ts";
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { compareText } from "../../../../difference/roles.ts";
import { rangesOf, subnetCidrs } from "./healthRules.ts";

const api = "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec";

export const sourceRangesInService: Entry<Aws> = {
  id: "source-ranges-in-service",
  why: "A LoadBalancer Service lists the client ranges, and the controller opens them. The hand-made way opens the same ranges with rules in the program.",
  affects: "nobody: the rules on the nodes are the same",
  remedy: null,
  source: api,
  // A Service may name no ranges, or name them in an annotation; the controller then admits the same clients.
  expects: (pair) => {
    const [named, ranges] = [factsIn(pair.right.service)?.loadBalancerSourceRanges ?? [], clientRanges(pair)];
    if (named.length === 0 && rangesOf(pair.right).join(", ") === ranges) return [];
    return [{ path: "service / loadBalancerSourceRanges", left: "none", right: ranges }];
  },
};

export const serviceEntries: readonly Entry<Aws>[] = [finalizer, sourceRangesInService];

/**
 * The ranges that the hand-made way admits to its node ports; the Service must name the same ones. Rules for health checks look like rules for clients from the
 * load balancer's subnets: such a rule counts as one for clients only if the Service names its range.
 */
function clientRanges(pair: Pair<Aws>): string {
  const { facts, left, right } = pair;
  const nodePorts = (factsIn(left.service)?.ports ?? []).flatMap(({ protocol, nodePort }) =>
    nodePort === undefined ? [] : [{ protocol: protocolOf(protocol), port: nodePort }],
  );
  const atNodes = rulesOn(left)
    .filter((rule) => nodePorts.some((each) => rule.fromPort === each.port && opens(rule, each)))
    .map(({ source }) => source);
  // A load balancer with security groups lets the clients in itself.
  const open = new Set(
    hasGroups(left) ? doorsForClients(pair).flatMap((door) => clientsAtBalancer(door, left)) : atNodes,
  );
  const subnets = new Set(subnetCidrs(facts, left));
  const told = networksOf(factsIn(right.service)?.loadBalancerSourceRanges ?? []);
  const ranges = [...open].filter((source) => !subnets.has(source) || told.includes(source));
  // The same clients, by ranges that are split or merged otherwise, or by rules for more than these ports.
  const isSplit = ranges.length > 0 && areSame(sourcesOf(ranges), sourcesOf(told));
  if (told.length > 0 && (isSplit || admitsByOtherRules(pair, told)))
    return [...told].sort(compareText).join(", ");
  return ranges.length === 0 ? "none" : ranges.sort(compareText).join(", ");
}

/** Whether rules on the left for more ports than the Service's let in what the ranges name, and both sides let in the same clients. */
function admitsByOtherRules(pair: Pair<Aws>, ranges: readonly string[]): boolean {
  const equal = equalDoors(pair);
  return doorsForClients(pair).every((door) => {
    const wide = rulesOn(pair.left).filter((rule) => opens(rule, door) && rule.fromPort !== door.port);
    return equal.has(door.name) && contains(sourcesOf(wide.map(({ source }) => source)), sourcesOf(ranges));
  });
}

/** The left one's node ports. */
function doorsForClients({ left, roles }: Pair<Aws>): Door[] {
  return doorsOf(left, roles.left).filter(({ isForClients, port }) => isForClients && port !== undefined);
}
