/**
 * The security groups that a program gives its load balancer, beside a load balancer without groups or with those of a controller. The entry explains the groups only
 * where both let in the same clients to the same ports, at the load balancer and at the nodes.
 */
import type { Entry, Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { opposite, sides } from "../../../result/bySide.ts";
import type { Side } from "../../../result/bySide.ts";
import { enforcedOnPrivateLink } from "../defaults.ts";
import type { Aws, AwsExposure } from "../model.ts";
import { doorsOf, entrancesTo, hasGroups, opens, opensOnly, pathMtu } from "./doors.ts";
import { rowsOf } from "./ruleRows.ts";
import { equalDoors, letsInTheSame } from "./sameClients.ts";

export const securityGroups: Entry<Aws> = {
  id: "security-groups-by-the-program",
  why: "The program gives the load balancer security groups: they let the clients in, and the nodes let in the load balancer alone. The other load balancer has no groups, or others.",
  affects:
    "whoever connects to a node port past the load balancer, which only rules for ranges on the nodes allow; pods and nodes of this cluster that connect through the load balancer, which one with groups allows only if their addresses are in the source ranges; and whoever counts rules on the nodes",
  remedy: "leave securityGroups out: then the nodes let the clients in",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
  expects(pair) {
    if (!sides.some((side) => isByProgram(pair[side]))) return [];
    if (!letsInTheSame(pair) || !tellsOfPathMtu(pair)) return [];
    return [...groupRows(pair), ...sides.flatMap((side) => ruleRows(pair, side)), ...ownerRows(pair)];
  },
};

/** A controller's groups have entries of their own. */
function isByProgram(exposure: AwsExposure): boolean {
  return factsIn(exposure.service)?.type === "NodePort" && hasGroups(exposure);
}

/** Whether path MTU discovery is let in on both sides, or a rule for it that only one side has tells that it is not. */
function tellsOfPathMtu(pair: Pair<Aws>): boolean {
  if (equalDoors(pair).has(pathMtu.name)) return true;
  return sides.some((side) =>
    (["nodes", "loadBalancer"] as const).some((where) => {
      const rules = (factsIn(pair[side].firewall)?.[where] ?? []).filter((rule) => opens(rule, pathMtu));
      return rowsOf(pair, side, where, rules).some(({ path }) => !pair.values[opposite(side)].has(path));
    }),
  );
}

/** What only a load balancer with groups has. */
export const enforcement = "loadBalancer / enforceSecurityGroupInboundRulesOnPrivateLinkTraffic";

function groupRows({ values: { left, right } }: Pair<Aws>): Expected[] {
  const row = (path: string): Expected => ({
    path,
    left: left.get(path) ?? null,
    right: right.get(path) ?? null,
  });
  const rows = [row("loadBalancer / securityGroups"), row("firewall / loadBalancer")];
  const enforced = row(enforcement);
  const byDefault = [enforced.left, enforced.right].every(
    (value) => value === null || value === enforcedOnPrivateLink,
  );
  return [...rows, ...(byDefault ? [enforced] : [])].filter((each) => each.left !== each.right);
}

/** Rules of the load balancer that only this side has: each for a listener, or for path MTU discovery, and nothing more. */
function ruleRows(pair: Pair<Aws>, side: Side): Expected[] {
  const other = pair.values[opposite(side)];
  const exposure = pair[side];
  const equal = equalDoors(pair);
  const entrances = doorsOf(exposure, pair.roles[side])
    .filter(({ name, isForClients }) => isForClients && equal.has(name))
    .flatMap((door) => entrancesTo(door, exposure));
  const rules = (factsIn(exposure.firewall)?.loadBalancer ?? []).filter((rule) =>
    entrances.some((entrance) => opensOnly(rule, entrance)),
  );
  return rowsOf(pair, side, "loadBalancer", rules).filter(({ path }) => !other.has(path));
}

/** A rule for the same in both groups: nothing marks it as a controller's. */
function ownerRows({ paths, values: { left, right } }: Pair<Aws>): Expected[] {
  const rule = ["firewall", "loadBalancer", ""].join(step);
  return paths
    .filter((path) => path.startsWith(rule) && path.endsWith(`${step}owner`))
    .map((path) => ({ path, left: left.get(path) ?? null, right: right.get(path) ?? null }))
    .filter((row) => row.left !== row.right && row.left !== null && row.right !== null);
}
