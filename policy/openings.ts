/** What the inbound rules of security groups let in, whatever resource declares them. */
import { listOf, recordOf, textsIn, unknownYet } from "./resource.ts";
import type { DeclaredResource, Properties } from "./resource.ts";

/** One inbound rule. */
export interface Opening {
  /** The protocol's name or number; `-1` is every one. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Address ranges that are let in, IPv4 and IPv6. */
  readonly ranges: readonly string[];
  /** Security groups that are let in, each with its names: its id, and URNs of resources of which it is one. */
  readonly groups: readonly Names[];
}

type Names = readonly string[];

/** A resource, as far as it is known: a rule about one resource has no URNs. */
type Declaring = Pick<DeclaredResource, "type" | "props"> &
  Partial<Pick<DeclaredResource, "urn" | "references">>;

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

const present = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

/** None if its ports are not known yet: it could be any rule. */
function openingOf(props: Properties, protocol: unknown, ranges: string[], groups: Names[]): Opening[] {
  if ([protocol, props.fromPort, props.toPort].includes(unknownYet)) return [];
  return [
    {
      protocol: typeof protocol === "string" ? protocol : "-1",
      fromPort: numberOf(props.fromPort, 0),
      toPort: numberOf(props.toPort, 65535),
      ranges,
      groups: groups.filter((names) => names.length > 0),
    },
  ];
}

const securityGroups = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
] as const;

/** URNs of the security groups that a property refers to. Their ids may not be known yet. */
const urnsOf = ({ references }: Declaring, property: string): string[] =>
  (references?.[property] ?? []).filter((urn) => securityGroups.some((type) => urn.includes(`${type}::`)));

/** The names of the groups that a property has: ids, as far as they are known, and URNs. */
export function groupsIn(resource: Declaring, property: string): string[] {
  const value = resource.props[property];
  return [...textsIn(Array.isArray(value) ? value : [value]), ...urnsOf(resource, property)];
}

const blocksOf = (rule: Properties): string[] => [
  ...textsIn(rule.cidrBlocks),
  ...textsIn(rule.ipv6CidrBlocks),
];

/** A rule inside a group. Which of the property's references one of its groups is, Pulumi does not say, so it may be any. */
function inlineIn(resource: Declaring): Opening[] {
  const urns = urnsOf(resource, "ingress");
  return listOf(resource.props.ingress)
    .map(recordOf)
    .flatMap((rule) => {
      const sources = rule.securityGroups === unknownYet ? [unknownYet] : listOf(rule.securityGroups);
      const groups = sources.map((source) => (source === unknownYet ? urns : present(source)));
      const self = rule.self === true ? ownNames(resource) : [];
      return openingOf(rule, rule.protocol, blocksOf(rule), [...groups, self]);
    });
}

/** How a type declares inbound rules. */
interface Reader {
  /** The names of the group that the rules are of; none if it is not known yet. */
  readonly ownGroup: (resource: Declaring) => Names;
  readonly openings: (resource: Declaring) => Opening[];
}

const ofProperty = (resource: Declaring): Names => groupsIn(resource, "securityGroupId");

const ownNames = ({ props, urn }: Declaring): Names => [...present(props.id), ...present(urn)];

const ofItself: Reader = { ownGroup: ownNames, openings: inlineIn };

/** By type, the inbound rules that a resource declares. https://www.pulumi.com/registry/packages/aws/api-docs/ */
const readers: Readonly<Record<string, Reader>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    ownGroup: ofProperty,
    openings: (resource) =>
      openingOf(
        resource.props,
        resource.props.ipProtocol,
        [...present(resource.props.cidrIpv4), ...present(resource.props.cidrIpv6)],
        [groupsIn(resource, "referencedSecurityGroupId")],
      ),
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    ownGroup: ofProperty,
    openings: (resource) => {
      const { props } = resource;
      if (props.type !== "ingress") return [];
      const self = props.self === true ? ofProperty(resource) : [];
      return openingOf(props, props.protocol, blocksOf(props), [
        groupsIn(resource, "sourceSecurityGroupId"),
        self,
      ]);
    },
  },
  ...Object.fromEntries(securityGroups.map((type) => [type, ofItself])),
};

export const openingsOf = (resource: Declaring): Opening[] =>
  readers[resource.type]?.openings(resource) ?? [];

/** The names of the security group whose inbound rules a resource declares; none if it declares none, or if the group is not known yet. */
export const ownGroupOf = (resource: Declaring): Names => readers[resource.type]?.ownGroup(resource) ?? [];

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
