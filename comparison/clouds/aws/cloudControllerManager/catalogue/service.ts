/** Known differences between the two Service types inside the cluster. */
import type { Aws } from "../../model.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { cleanupFinalizer } from "../marks.ts";
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

export const serviceEntries: readonly Entry<Aws>[] = [
  {
    id: "finalizer",
    why: "A finalizer keeps a deleted LoadBalancer Service until the cloud controller manager has deleted the objects that it made. A program deletes its objects in the order of their dependencies.",
    affects:
      "anyone who deletes the Service or the cluster while the controller is not running: the Service stays",
    remedy: null,
    source:
      "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#garbage-collecting-load-balancers",
    expects: () => [{ path: `service / finalizers / ${cleanupFinalizer}`, left: null, right: "present" }],
  },
  sourceRangesInService,
];

/**
 * The ranges that the hand-made way admits to its node ports; the Service must name the same ones. Rules for health checks look like rules for clients from the
 * load balancer's subnets: such a rule counts as one for clients only if the Service names its range.
 */
function clientRanges({ facts, left, right }: Pair<Aws>): string {
  const nodePorts = new Set(factsIn(left.service)?.ports.map(({ nodePort }) => nodePort));
  const open = new Set(
    factsIn(left.firewall)
      ?.nodes.filter(({ ipProtocol, fromPort }) => ipProtocol !== "icmp" && nodePorts.has(fromPort))
      .map(({ source }) => source),
  );
  const subnets = new Set(subnetCidrs(facts, left));
  const told = factsIn(right.service)?.loadBalancerSourceRanges ?? [];
  const ranges = [...open].filter((source) => !subnets.has(source) || told.includes(source));
  return ranges.length === 0 ? "none" : ranges.sort(compareText).join(", ");
}
