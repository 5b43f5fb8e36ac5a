/** Whether a load balancer can take the clients that it is to get, by the health of its members. */
import type { Member } from "../../comparison/clouds/operations.ts";
import type { NodeFacts } from "../../comparison/model/cluster.ts";
import type { EndpointFacts } from "../../comparison/model/service.ts";

export interface Behind {
  readonly members: readonly Pick<Member, "pool" | "machine" | "state">[];
  /** Of the way's Service. */
  readonly externalTrafficPolicy: string;
  readonly nodes: readonly Pick<NodeFacts, "name" | "instanceId" | "zone">[];
  readonly endpoints: readonly Pick<EndpointFacts, "node" | "ready">[];
  /** Those that the load balancer is in. */
  readonly zones: readonly string[];
}

/**
 * What keeps clients away, in words; empty if nothing does. Draining members are on their way out, and count for nothing.
 *
 * Every member has to be healthy. With externalTrafficPolicy Local, nodes without a ready pod are unhealthy by design, and others become healthy some checks after they get
 * one. So members that are nodes need a healthy one in each zone with a ready pod, in each pool.
 * https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-loadbalancer
 */
export function healthGaps({ members, externalTrafficPolicy, nodes, endpoints, zones }: Behind): string[] {
  const lasting = members.filter(({ state }) => state !== "draining");
  if (lasting.length === 0) return ["there is no target"];
  const byMachine = new Map(nodes.map((node) => [node.instanceId, node]));
  const isJudgedByZone = ({ machine }: Pick<Member, "machine">): boolean =>
    externalTrafficPolicy === "Local" && byMachine.has(machine);
  const ill = lasting.filter((member) => member.state !== "healthy" && !isJudgedByZone(member));
  const withPod = new Set(endpoints.filter(({ ready }) => ready).map(({ node }) => node));
  const pools = [...new Set(lasting.map(({ pool }) => pool))];
  return [
    ...ill.map(({ machine, state }) => `${machine} ${state}`),
    ...pools.flatMap((pool) => {
      const judged = lasting.filter((member) => member.pool === pool && isJudgedByZone(member));
      return zoneGaps(judged, { byMachine, withPod, zones });
    }),
  ];
}

/** @param members of one pool */
function zoneGaps(
  members: Behind["members"],
  {
    byMachine,
    withPod,
    zones,
  }: {
    readonly byMachine: ReadonlyMap<string, Behind["nodes"][number]>;
    readonly withPod: ReadonlySet<string>;
    readonly zones: readonly string[];
  },
): string[] {
  if (members.length === 0) return [];
  const zonesOf = (chosen: Behind["members"]): Set<string> =>
    new Set(chosen.map(({ machine }) => byMachine.get(machine)?.zone ?? ""));
  const served = zonesOf(members.filter(({ state }) => state === "healthy"));
  const needed = zonesOf(members.filter(({ machine }) => withPod.has(byMachine.get(machine)?.name ?? "")));
  const inUse = [...needed].filter((zone) => zones.includes(zone)).sort();
  if (inUse.length === 0) return ["no target is a node with a ready pod"];
  return inUse.filter((zone) => !served.has(zone)).map((zone) => `no healthy target in ${zone}`);
}
