/**
 * Differences that another difference brings along, such as the certificates of a listener that ends TLS on one side only. They belong to the reason of that one.
 * Which they are is in tables: those of all clouds here, and a cloud's in its shape.
 */
import type { Expected } from "./entry.ts";
import { healthCheckRole } from "./roles.ts";

export interface Consequence {
  /** The pattern of a path that brings others along. What it captures is `$1` below. */
  readonly of: RegExp;
  /** The pattern of the paths that it brings along. */
  readonly brings: string;
  /** Whether it does so with these values. @default always */
  readonly if?: (row: Expected, cause: Expected, differing: ReadonlyMap<string, Expected>) => boolean;
}

export function isSameChange(a: Expected, b: Expected): boolean {
  return a.left === b.left && a.right === b.right;
}

/** Of Kubernetes, and of what is the same on all clouds. */
export const clusterConsequences: readonly Consequence[] = [
  {
    of: /^service \/ ports \/ .+ \/ protocol$/,
    brings: "^loadBalancer / listeners / .+ / protocol$",
    if: isSameChange,
  },
  // Whoever makes a load balancer owns all of its parts.
  {
    of: /^loadBalancer \/ owner$/,
    brings: "^loadBalancer / .+ / owner$",
    if: isSameChange,
  },
  { of: /^service \/ ports \/ (.+) \/ protocol$/, brings: "^firewall / nodes / .*<node port of $1>" },
  { of: /^service \/ sessionAffinity$/, brings: "^service / sessionAffinitySeconds$" },
  { of: /^service \/ ipFamilyPolicy$/, brings: "^service / (ipFamilies|clusterIPs)$" },
  // kube-proxy answers there for policy Local alone, and the controller then has its health checks there.
  { of: /^service \/ externalTrafficPolicy$/, brings: "^service / healthCheckNodePort$" },
  { of: /^service \/ externalTrafficPolicy$/, brings: `^firewall / nodes / .*${healthCheckRole}` },
  {
    of: /^service \/ externalTrafficPolicy$/,
    brings: "^(loadBalancer / .+ / healthCheck) / ",
    if: ({ path }, _cause, differing) => {
      const port = differing.get(path.replace(/ \/ [^/]+$/, " / port"));
      return [port?.left, port?.right].includes(healthCheckRole);
    },
  },
  // kube-proxy then has no rules for it, and what answers there is not known.
  { of: /^service \/ withoutKubeProxy$/, brings: "^dataPath / .+ / entrances / " },
  {
    of: /^service \/ allocateLoadBalancerNodePorts$/,
    brings: "^(service / ports / .+ / nodePort|(loadBalancer|firewall) / .+)$",
    if: ({ left, right }) => left === null || right === null,
  },
];

/** @returns what each difference that others bring along belongs to */
export function consequencesIn(
  consequences: readonly Consequence[],
  differences: readonly Expected[],
): ReadonlyMap<Expected, Expected> {
  const differing = new Map(differences.map((row) => [row.path, row]));
  const causes = new Map<Expected, Expected>();
  for (const { of, brings, if: applies = () => true } of consequences)
    for (const cause of differences) {
      if (!of.test(cause.path)) continue;
      const pattern = new RegExp(brings.replace("$1", inPattern(of.exec(cause.path)?.[1] ?? "")));
      for (const row of differences)
        if (row !== cause && !causes.has(row) && pattern.test(row.path) && applies(row, cause, differing))
          causes.set(row, cause);
    }
  return new Map([...causes.keys()].map((row) => [row, firstCause(row, causes)]));
}

/** As itself, in a pattern. */
function inPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function firstCause(row: Expected, causes: ReadonlyMap<Expected, Expected>): Expected {
  const seen = new Set([row]);
  let cause = causes.get(row) ?? row;
  for (let next = causes.get(cause); next !== undefined && !seen.has(cause); next = causes.get(cause)) {
    seen.add(cause);
    cause = next;
  }
  return cause;
}
