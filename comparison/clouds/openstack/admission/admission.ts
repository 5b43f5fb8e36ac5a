/** Who is let in to the nodes by security groups. Clients are let in by the listeners' allowed CIDRs, which are compared as such. */
import { contains, isRange, sourcesOf } from "../../../clientSources.ts";
import type { Pair } from "../../../difference/entry.ts";
import type { Exposure } from "../../../model/exposure.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { sides } from "../../../result/bySide.ts";
import type { Admission } from "../../cloud.ts";
import type { OpenStack, OpenStackClusterFacts, RuleFacts } from "../model.ts";
import { checkedDoor, doorsOf, isIn, opens } from "./doors.ts";

const portsOf = ({ ports, healthCheckNodePort }: ServiceFacts) => [
  ...ports.map(({ nodePort }) => nodePort),
  healthCheckNodePort,
];

/** The facts that reach it are OpenStack's own: a cloud is asked for no others. */
export const admission: Admission = {
  concerns: (opening, service) => portsOf(service).some((port) => isIn(opening as RuleFacts, port)),
  // The facts of a load balancer have no openings of its own.
  isOnlyFor: () => false,
  causes: (_pair, unexplained) => ({ causes: [], rest: unexplained }),
  shutOut: (exposure, cluster) => shutOut(exposure as Exposure<OpenStack>, cluster as OpenStackClusterFacts),
  opensMore: (pair) => opensMore(pair as Pair<OpenStack>),
  fillLevels: () => [],
};

/** Nodes answer a health monitor only at ports that the load balancer's subnet may reach. */
function shutOut(
  { loadBalancer, firewall }: Exposure<OpenStack>,
  { subnetCidr }: OpenStackClusterFacts,
): string[] {
  const rules = factsIn(firewall)?.nodes;
  if (rules === undefined) return [];
  return (factsIn(loadBalancer)?.pools ?? []).flatMap((pool) => {
    const door = checkedDoor(pool);
    if (door === undefined) return [];
    const sources = rules.filter((rule) => opens(rule, door)).map(({ source }) => source);
    return contains(sourcesOf(sources), sourcesOf([subnetCidr]))
      ? []
      : [
          `the health monitor of a ${pool.protocol} pool cannot reach the nodes: no rule lets ${subnetCidr} in to ${door.protocol} ${door.port}`,
        ];
  });
}

/** Rules for more ports than the Service's, from ranges of addresses: they open what the Service does not ask for. */
function opensMore(pair: Pair<OpenStack>): string[] {
  const all = sides.flatMap((side) => {
    const doors = doorsOf(pair[side]);
    return (factsIn(pair[side].firewall)?.nodes ?? [])
      .filter((rule) => isRange(rule.source) && rule.fromPort !== rule.toPort)
      .filter((rule) => doors.some((door) => opens(rule, door)))
      .map((rule) => sentenceOf(rule, pair));
  });
  return [...new Set(all)];
}

function sentenceOf(
  { protocol, fromPort, toPort, source, securityGroup }: RuleFacts,
  { facts }: Pair<OpenStack>,
): string {
  const subnet = factsIn(facts.cluster)?.subnetCidr;
  const isForBalancers = subnet !== undefined && contains(sourcesOf([subnet]), sourcesOf([source]));
  const past = isForBalancers ? "" : ", and lets clients past the listeners and their allowed CIDRs";
  return `The rule "${protocol} ${fromPort}-${toPort} from ${source}" in ${securityGroup} opens the node ports of other Services too${past}.`;
}
