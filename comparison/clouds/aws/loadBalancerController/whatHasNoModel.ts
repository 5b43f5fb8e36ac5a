/** What a Service can ask of the controller that the model does not follow. Such a Service is not predicted at all, rather than in part. */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames, flag, list } from "./annotations.ts";
import { claimedBy } from "./claims.ts";
import { hasIpv6Targets } from "./ipAddressTypes.ts";
import { portMappings } from "./portMappings.ts";
import { keepsClientAddress } from "./targetGroupAttributes.ts";
import { inEc2, namedRanges, rangesUnlikeEc2, rangesWithMore } from "./sourceRanges.ts";
import { schemeOf } from "./subnets.ts";
import { targetTypeOf } from "./targetType.ts";

export interface WithoutModel {
  readonly id: string;
  /** In a few words, for the documentation. */
  readonly asked: string;
  /** The end of a sentence such as: it is not predicted, since ... */
  readonly why: string;
  /** What the Service has of it; undefined if nothing. */
  readonly found: (service: ServiceFacts) => string | undefined;
}

const given = (service: ServiceFacts, name: keyof typeof annotationNames): string | undefined => {
  const value = annotation(service, name);
  return value === undefined ? undefined : `${annotationNames[name]} is "${value}"`;
};

/** Whether the controller is to open the nodes to the ranges of the clients. */
const letsClientsInToNodes = (service: ServiceFacts): boolean =>
  flag(service, "withoutGroups") === true &&
  flag(service, "manageNodeRules") !== false &&
  portMappings(service).some(
    ({ targetProtocol, listenerPort }) =>
      targetProtocol === "UDP" || targetProtocol === "TCP_UDP" || keepsClientAddress(service, listenerPort),
  );

export const withoutModel: readonly WithoutModel[] = [
  {
    id: "other-type",
    asked:
      "a Service of another type than LoadBalancer, which the controller serves if annotations ask for it",
    why: "the model is of LoadBalancer Services",
    found: (service) =>
      service.type === "LoadBalancer"
        ? undefined
        : `the Service's type is ${service.type}, and the controller serves it by its ${claimedBy(service) ?? "annotations"}`,
  },
  {
    id: "ipv6-pods",
    asked: "pods as targets of a Service with IPv6",
    why: "the model knows the pods by one address each, which may be of the other family",
    found: (service) =>
      hasIpv6Targets(service) && targetTypeOf(service) === "ip"
        ? `the Service has the families ${service.ipFamilies.join(" and ")}, and pods as targets`
        : undefined,
  },
  {
    id: "quic",
    asked: `\`${annotationNames.quicPorts}\``,
    why: "the model is of TCP, UDP and TLS",
    found: (service) => {
      const ports = list(service, "quicPorts") ?? [];
      return service.ports.some(({ name, port }) => ports.includes(name) || ports.includes(String(port)))
        ? given(service, "quicPorts")
        : undefined;
    },
  },
  {
    id: "weights",
    asked: "several target groups behind a listener: `service.beta.kubernetes.io/actions.PROTOCOL-PORT`",
    why: "the model has one target group for each listener",
    found: (service) => {
      const name = portMappings(service)
        .map(actionsName)
        .find((each) => each in service.annotations);
      return name === undefined ? undefined : `the Service has the annotation ${name}`;
    },
  },
  {
    id: "clusters-together",
    asked: `\`${annotationNames.multiCluster}: "true"\``,
    why: "the model has the targets of one cluster",
    found: (service) => (flag(service, "multiCluster") === true ? given(service, "multiCluster") : undefined),
  },
  {
    id: "ranges-with-blanks",
    asked:
      "a source range with blanks around it (in `spec.loadBalancerSourceRanges`), or with a number that begins with zeros, both of which Kubernetes takes",
    why: "the controller passes it on as it is, and nobody documents what EC2 makes of it",
    found(service) {
      const [more] = rangesWithMore(service);
      return more === undefined ? undefined : `a range is "${more}"`;
    },
  },
  {
    id: "ranges-unlike-ec2",
    asked: `a source range with bits after its prefix, such as 203.0.113.7/24, for a load balancer without security groups (\`${annotationNames.withoutGroups}: "true"\`)`,
    why: "EC2 keeps the network of the range, the controller then fails with InvalidPermission.Duplicate, and opens the nodes for no other port or Service of the cluster any more",
    found: (service) => {
      const [range] = rangesUnlikeEc2(service);
      return range !== undefined && letsClientsInToNodes(service)
        ? `a range is "${range}", of which EC2 makes ${inEc2(range)}: name that one`
        : undefined;
    },
  },
  {
    id: "ranges-of-the-vpc",
    asked: `an internal load balancer without security groups (\`${annotationNames.withoutGroups}: "true"\`) and without source ranges: its clients are the VPC's ranges`,
    why: "the model does not know the VPC's ranges",
    found: (service) =>
      schemeOf(service) === "internal" && namedRanges(service).length === 0 && letsClientsInToNodes(service)
        ? given(service, "withoutGroups")
        : undefined,
  },
];

/** The annotation for one listener. */
export function actionsName({
  listenerProtocol,
  listenerPort,
}: ReturnType<typeof portMappings>[number]): string {
  return `service.beta.kubernetes.io/actions.${listenerProtocol}-${listenerPort}`;
}

/** Why the Service is not predicted; undefined if the model has all that it asks for. */
export function whyNotModelled(service: ServiceFacts): string | undefined {
  const [first] = withoutModel.flatMap(({ why, found }) => {
    const what = found(service);
    return what === undefined ? [] : [`${what}; ${why}`];
  });
  return first;
}
