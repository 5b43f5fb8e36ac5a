/** externalTrafficPolicy Local: only nodes with a ready pod take traffic, so the placement of the pods decides which targets are healthy. */
import type { Cloud } from "../../clouds/cloud.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { sides } from "../../result/bySide.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Entry, Expected, Pair } from "../entry.ts";
import { inNodeOrder } from "../roles.ts";

/** A member's path up to its state, and its name. */
const memberState = /^(?<member>loadBalancer \/ .+ \/ (?<id>[^/]+)) \/ state$/;
/** A node's entrance for traffic from outside, to which the policy applies. */
const entrance =
  /^(?<entrance>dataPath \/ (?<node>[^/]+) \/ entrances \/ (?<kind>(?:node port|load balancer address|external IP) [^/]+)) \/ (?<field>[^/]+(?: \/ [^/]+)?)$/;

export function localPlacement({ working, isMember }: Pick<Cloud, "working" | "isMember">): Entry {
  return {
    id: "placement-under-local",
    why: "With externalTrafficPolicy Local, only the nodes with a ready pod take traffic: on the others the health check fails, as it has to. The scheduler chooses the nodes separately for each Deployment.",
    affects: "nobody: the load balancer sends nothing to the other nodes",
    remedy: "run a pod on every node, such as by a DaemonSet",
    source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
    expects(pair) {
      if (!sides.every((side) => isLocal(pair, side))) return [];
      return [...membersByPlacement(pair, { working, isMember }), ...entrancesByPlacement(pair)];
    },
  };
}

function isLocal(pair: Pair, side: Side): boolean {
  return factsIn(pair[side].service)?.externalTrafficPolicy === "Local";
}

/** Names of the nodes with a ready pod. */
function nodesWithPods(pair: Pair): BySide<ReadonlySet<string>> {
  const of = (side: Side): ReadonlySet<string> =>
    new Set((factsIn(pair[side].endpoints) ?? []).flatMap(({ ready, node }) => (ready ? [node] : [])));
  return { left: of("left"), right: of("right") };
}

function membersByPlacement(
  pair: Pair,
  { working, isMember }: Pick<Cloud, "working" | "isMember">,
): Expected[] {
  const [nodes, withPods] = [factsIn(pair.facts.cluster)?.nodes ?? [], nodesWithPods(pair)];
  const members = sides.flatMap((side) =>
    (factsIn(pair[side].loadBalancer)?.pools ?? []).flatMap((pool) => pool.members),
  );
  return pair.paths.flatMap((path) => {
    // Few paths are of a state, and the pattern tries many places for it.
    if (!path.endsWith(" / state")) return [];
    const { member = "", id = "" } = memberState.exec(path)?.groups ?? {};
    const facts = members.find((each) => each.id === id);
    const node = facts && nodes.find((each) => isMember(facts, each))?.name;
    if (node === undefined || withPods.left.has(node) === withPods.right.has(node)) return [];
    const reason = `${member} / reason`;
    const valueOf = (side: Side) =>
      withPods[side].has(node)
        ? { state: working.member, reason: null }
        : { state: working.failing, reason: pair.values[side].get(reason) ?? null };
    const [left, right] = [valueOf("left"), valueOf("right")];
    return [
      { path, left: left.state, right: right.state },
      { path: reason, left: left.reason, right: right.reason },
    ];
  });
}

/** Each node sends traffic from outside to its own pods only. */
function entrancesByPlacement(pair: Pair): Expected[] {
  const withPods = nodesWithPods(pair);
  const pods = { left: podsByNode(pair, "left"), right: podsByNode(pair, "right") };
  return pair.paths.flatMap((path) => {
    const { entrance: place = "", node = "", kind = "", field = "" } = entrance.exec(path)?.groups ?? {};
    const { left, right } = pair.values;
    // An entrance of one side only is no matter of placement.
    if (![left, right].every((values) => values.has(`${place} / kind`))) return [];
    if (field === "endpoints" || field.startsWith("endpointsFromInside")) {
      const expected = (side: Side): string | null => {
        const all = endpointsAt(pair, side, kind);
        const own = all.filter((each) => pods[side].get(node)?.has(each.replace(/:\d+$/, "")) === true);
        if (field === "endpoints") return own.join(", ") || "none";
        return own.length === all.length ? null : all.join(", ");
      };
      return [{ path, left: expected("left"), right: expected("right") }];
    }
    // Of a node without a pod, kube-proxy's rules say what happens instead.
    const isMoot = withPods.left.has(node) !== withPods.right.has(node);
    return isMoot && ["masquerade", "withoutEndpoints"].includes(field)
      ? [{ path, left: left.get(path) ?? null, right: right.get(path) ?? null }]
      : [];
  });
}

/** The roles of each node's ready pods. */
function podsByNode(pair: Pair, side: Side): ReadonlyMap<string, ReadonlySet<string>> {
  const byNode = new Map<string, Set<string>>();
  for (const { node, address, ready } of inNodeOrder(factsIn(pair[side].endpoints) ?? []))
    if (ready) byNode.set(node, (byNode.get(node) ?? new Set()).add(pair.roles[side].text(address)));
  return byNode;
}

/** All endpoints that any node has for the entrance, in the order of values. */
function endpointsAt({ values }: Pair, side: Side, kind: string): string[] {
  const lists = [...values[side]].flatMap(([path, value]) => {
    const found = entrance.exec(path)?.groups;
    return found?.kind === kind && found.field === "endpoints" && value !== "none" ? value.split(", ") : [];
  });
  return [...new Set(lists)].sort();
}
