/** externalTrafficPolicy Local: only a LoadBalancer Service has a port of its own for health checks. */
import { factsIn } from "../../facts/sources.ts";
import type { Entry, Expected } from "../catalogue.ts";
import { isBothWays } from "../catalogue.ts";
import { rolesOf } from "../roles.ts";
import { step } from "../values.ts";
import { controllersRule, subnetCidrs } from "./healthRules.ts";

/** What the check of a NodePort way is by default, and the controller's; AWS gives a check over HTTP 6 s and one over TCP 10. */
const checks = (port: string): Readonly<Record<string, readonly [string | null, string]>> => ({
  protocol: ["TCP", "HTTP"],
  port: ["traffic-port", port],
  path: [null, "/healthz"],
  matcher: [null, "200-399"],
  timeoutSeconds: ["10", "6"],
});

export const healthCheckNodePort: Entry = {
  id: "health-check-node-port",
  why: "With externalTrafficPolicy Local Kubernetes reserves a healthCheckNodePort, where kube-proxy tells whether the node has pods, for LoadBalancer Services only; in front of a NodePort Service the check opens a connection to the node port.",
  affects:
    "roll-outs under the policy Local: a node whose last pod is ending is found out when it ends, not when it begins to",
  remedy: "use externalTrafficPolicy Cluster, or a LoadBalancer Service",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
  expects(pair) {
    const { facts, right } = pair;
    const service = factsIn(right.service);
    const port = service?.healthCheckNodePort;
    if (!isBothWays(pair) || service?.externalTrafficPolicy !== "Local" || port === undefined) return [];
    const theirs = rolesOf(right).nodePort(port);
    const isChecked = factsIn(right.loadBalancer)?.targetGroups.some(
      ({ healthCheck }) => healthCheck.port === port,
    );
    const rules = service.loadBalancerSourceRanges.includes("0.0.0.0/0") ? [] : subnetCidrs(facts, right);
    return [
      { path: "service / healthCheckNodePort", left: null, right: theirs },
      ...(isChecked === true ? checksIn(pair.paths).flatMap((check) => rowsOf(check, theirs)) : []),
      ...rules.flatMap((cidr) => controllersRule(pair, port, cidr)),
    ];
  },
};

/** Paths of the health checks on either side. */
function checksIn(paths: readonly string[]): string[] {
  const found = paths.flatMap(
    (path) => /^loadBalancer \/ targetGroups \/ .+? \/ healthCheck(?= \/ )/.exec(path)?.[0] ?? [],
  );
  return [...new Set(found)];
}

function rowsOf(check: string, port: string): Expected[] {
  return Object.entries(checks(port)).map(([field, [left, right]]) => ({
    path: check + step + field,
    left,
    right,
  }));
}
