/** externalTrafficPolicy Local: only a LoadBalancer Service has a port of its own for health checks. */
import type { Aws } from "../../model.ts";
import { annotation } from "../annotations.ts";
import type { NodePort } from "../../../../model/later.ts";
import type { ServiceFacts } from "../../../../model/service.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry, Expected, Pair } from "../../../../difference/entry.ts";
import { covers } from "../../../../../components/core/sourceRanges.ts";
import { step } from "../../../../difference/shape.ts";
import { rangesOf, ruleOfOneSide, subnetCidrs } from "./healthRules.ts";

type Rows = Readonly<Record<string, readonly [string | null, string]>>;

/**
 * What the check of a NodePort way is by default, and the controller's; AWS gives a check over HTTP 6 s and one over TCP 10. Where the Service names a protocol,
 * both ways have it.
 */
function checks(service: ServiceFacts, port: string): Rows {
  const always: Rows = { port: ["traffic-port", port] };
  const protocol = annotation(service, "healthCheckProtocol");
  if (protocol === undefined) {
    return {
      ...always,
      protocol: ["TCP", "HTTP"],
      path: [null, "/healthz"],
      matcher: [null, "200-399"],
      timeoutSeconds: ["10", "6"],
    };
  }
  const path = annotation(service, "healthCheckPath");
  return protocol === "TCP" || path !== undefined ? always : { ...always, path: ["/", "/healthz"] };
}

export const healthCheckNodePort: Entry<Aws> = {
  id: "health-check-node-port",
  why: "With externalTrafficPolicy Local Kubernetes reserves a healthCheckNodePort, where kube-proxy tells whether the node has pods, for LoadBalancer Services only; in front of a NodePort Service the check opens a connection to the node port.",
  affects:
    "roll-outs under the policy Local: a node whose last pod is ending is found out when it ends, not when it begins to",
  remedy: "use externalTrafficPolicy Cluster, or a LoadBalancer Service",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
  expects(pair) {
    const { right } = pair;
    const service = factsIn(right.service);
    const port = service?.healthCheckNodePort;
    if (service?.externalTrafficPolicy !== "Local" || port === undefined) return [];
    const theirs = pair.roles.right.nodePort(port);
    const reserved = { path: "service / healthCheckNodePort", left: null, right: theirs };
    const isChecked = factsIn(right.loadBalancer)?.pools.some(({ healthCheck }) => healthCheck.port === port);
    if (isChecked !== true) return [reserved];
    return [
      reserved,
      ...checksIn(pair.paths).flatMap((check) => rowsOf(check, checks(service, theirs))),
      ...rulesFor(pair, port),
    ];
  },
};

/**
 * Rules that let the checks in. A client's rule opens node ports only, so that it never covers the controller's, while the hand-made way checks a node port, where one
 * may.
 */
function rulesFor(pair: Pair<Aws>, port: NodePort): Expected[] {
  const { facts, left, right } = pair;
  const cidrs = subnetCidrs(facts, right);
  const uncovered = cidrs.filter((cidr) => !covers(rangesOf(right), cidr));
  const ours = (factsIn(left.service)?.ports ?? []).flatMap(({ protocol, nodePort }) =>
    protocol === "TCP" && nodePort !== undefined ? [nodePort] : [],
  );
  return [
    ...uncovered.flatMap((cidr) => ours.flatMap((nodePort) => ruleOfOneSide(pair, "left", nodePort, cidr))),
    ...cidrs.flatMap((cidr) => ruleOfOneSide(pair, "right", port, cidr)),
  ];
}

/** Paths of the health checks on either side. */
function checksIn(paths: readonly string[]): string[] {
  const found = paths.flatMap(
    (path) => /^loadBalancer \/ targetGroups \/ .+? \/ healthCheck(?= \/ )/.exec(path)?.[0] ?? [],
  );
  return [...new Set(found)];
}

function rowsOf(check: string, rows: Rows): Expected[] {
  return Object.entries(rows).map(([field, [left, right]]) => ({ path: check + step + field, left, right }));
}
