/** What the inbound rules of security groups let in, whatever resource declares them. */
import { listOf, recordOf, textsIn } from "./resource.ts";
import type { DeclaredResource, Properties } from "./resource.ts";

/** One inbound rule. */
export interface Opening {
  /** The protocol's name or number; `-1` is every one. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Address ranges that are let in, IPv4 and IPv6. */
  readonly ranges: readonly string[];
  /** Security groups that are let in. */
  readonly groups: readonly string[];
}

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

const present = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

function openingOf(props: Properties, protocol: unknown, ranges: string[], groups: string[]): Opening {
  return {
    protocol: typeof protocol === "string" ? protocol : "-1",
    fromPort: numberOf(props.fromPort, 0),
    toPort: numberOf(props.toPort, 65535),
    ranges,
    groups,
  };
}

const inline = (rule: Properties, ownGroups: readonly string[]): Opening =>
  openingOf(
    rule,
    rule.protocol,
    [...textsIn(rule.cidrBlocks), ...textsIn(rule.ipv6CidrBlocks)],
    [...textsIn(rule.securityGroups), ...present(rule.sourceSecurityGroupId), ...ownGroups],
  );

/** By type, the inbound rules that a resource declares. https://www.pulumi.com/registry/packages/aws/api-docs/ */
const readers: Readonly<Record<string, (props: Properties) => Opening[]>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (props) => [
    openingOf(
      props,
      props.ipProtocol,
      [...present(props.cidrIpv4), ...present(props.cidrIpv6)],
      present(props.referencedSecurityGroupId),
    ),
  ],
  "aws:ec2/securityGroupRule:SecurityGroupRule": (props) =>
    props.type === "ingress"
      ? [inline(props, props.self === true ? present(props.securityGroupId) : [])]
      : [],
  "aws:ec2/securityGroup:SecurityGroup": (props) =>
    listOf(props.ingress).map((rule) => inline(recordOf(rule), [])),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (props) =>
    listOf(props.ingress).map((rule) => inline(recordOf(rule), [])),
};

export const openingsOf = ({ type, props }: Pick<DeclaredResource, "type" | "props">): Opening[] =>
  readers[type]?.(props) ?? [];

/** https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const nodePorts = { first: 30000, last: 32767 } as const;

/** Protocols by which Services are reached. AWS takes names and numbers. */
const ofServices = new Set(["-1", "all", "tcp", "6", "udp", "17", "sctp", "132"]);

export function opensNodePorts({ protocol, fromPort, toPort }: Opening): boolean {
  if (!ofServices.has(protocol.toLowerCase())) return false;
  const isAll = ["-1", "all"].includes(protocol.toLowerCase()) || fromPort === -1;
  return isAll || (fromPort <= nodePorts.last && toPort >= nodePorts.first);
}

export const portsInWords = ({ protocol, fromPort, toPort }: Opening): string => {
  if (["-1", "all"].includes(protocol.toLowerCase())) return "all ports";
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
};

/**
 * Whether a range is so wide that it stands for everybody. 0.0.0.0/0 can be written as two halves, and no operator has more than 2^24 addresses of IPv4 or a /16 of IPv6.
 */
export function isTheWorld(range: string): boolean {
  const length = Number(range.split("/")[1] ?? NaN);
  return range.includes(":") ? length < 16 : length < 8;
}
