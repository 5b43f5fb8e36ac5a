/**
 * What an exposure needs open on the nodes: doors. The rules of a port's security groups are a union: what counts is who is let in at each door.
 * https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules
 */
import type { Roles } from "../../../difference/roles.ts";
import type { Exposure } from "../../../model/exposure.ts";
import type { NodePort } from "../../../model/later.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { anyProtocol } from "../model.ts";
import type { OctaviaPoolFacts, OpenStack, RuleFacts } from "../model.ts";

export interface Door {
  /** Neutron's name. */
  readonly protocol: string;
  readonly port: NodePort;
}

/** Of pools and of health monitors that do not connect by TCP. */
const transports: Readonly<Record<string, string>> = { UDP: "udp", "UDP-CONNECT": "udp", SCTP: "sctp" };

const transportOf = (protocol: string): string => transports[protocol] ?? "tcp";

/** Where a pool's health monitor connects to; undefined if it has none. */
export function checkedDoor({ healthCheck, port }: OctaviaPoolFacts): Door | undefined {
  if (!healthCheck.enabled) return undefined;
  return {
    protocol: transportOf(healthCheck.protocol),
    port: healthCheck.port === "traffic-port" ? port : healthCheck.port,
  };
}

export function doorsOf({ loadBalancer }: Exposure<OpenStack>): Door[] {
  return (factsIn(loadBalancer)?.pools ?? []).flatMap((pool) => [
    ...pool.members.map(({ port }) => ({ protocol: transportOf(pool.protocol), port })),
    ...[checkedDoor(pool)].filter((door) => door !== undefined),
  ]);
}

/** By role, so that it is the same on both sides. */
export function doorName({ protocol, port }: Door, roles: Roles): string {
  return `${protocol} ${roles.nodePort(port)}`;
}

export function opens(rule: RuleFacts, { protocol, port }: Door): boolean {
  return [protocol, anyProtocol].includes(rule.protocol) && isIn(rule, port);
}

/** Ports that are not known yet are covered by themselves alone. */
export function isIn({ fromPort, toPort }: RuleFacts, port: NodePort | undefined): boolean {
  if (port === fromPort && port === toPort) return true;
  return [fromPort, toPort, port].every((each) => typeof each === "number")
    ? Number(fromPort) <= Number(port) && Number(port) <= Number(toPort)
    : false;
}
