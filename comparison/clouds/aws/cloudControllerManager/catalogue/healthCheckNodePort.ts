/** externalTrafficPolicy Local: only a LoadBalancer Service has a separate port for health checks. */
import { checksIn, healthCheckEntry } from "../../healthCheckEntry.ts";
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
 * The defaults of the hand-made way's health check, and the controller's. AWS's time-out is 6 s for a check over HTTP and 10 s over TCP. If the Service names a
 * protocol, both ways use it.
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
  ...healthCheckEntry,
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
  expects(pair) {
    const { left, right } = pair;
    const service = factsIn(right.service);
    const port = service?.healthCheckNodePort;
    if (service?.externalTrafficPolicy !== "Local" || port === undefined) return [];
    if (factsIn(left.service)?.healthCheckNodePort !== undefined) return [];
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
 * Rules that let the checks in. A rule for clients opens node ports only. It can cover the hand-made way's check, which goes to a node port, but never the
 * controller's.
 */
export function rulesFor(pair: Pair<Aws>, port: NodePort): Expected[] {
  const { facts, left, right } = pair;
  const cidrs = subnetCidrs(facts, right);
  const ranges = rangesOf(right);
  const uncovered = cidrs.filter((cidr) => !covers(ranges, cidr));
  const ours = (factsIn(left.service)?.ports ?? []).flatMap(({ protocol, nodePort }) =>
    protocol === "TCP" && nodePort !== undefined ? [nodePort] : [],
  );
  return [
    ...uncovered.flatMap((cidr) => ours.flatMap((nodePort) => ruleOfOneSide(pair, "left", nodePort, cidr))),
    ...cidrs.flatMap((cidr) => ruleOfOneSide(pair, "right", port, cidr)),
  ];
}

function rowsOf(check: string, rows: Rows): Expected[] {
  return Object.entries(rows).map(([field, [left, right]]) => ({ path: check + step + field, left, right }));
}
