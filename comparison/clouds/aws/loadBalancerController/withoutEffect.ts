/** Annotations of a Service that have no effect on what the controller makes, or another one than they seem to have. */
import type { ServiceFacts } from "../../../model/service.ts";
import type { WithoutEffect } from "../../cloud.ts";
import { betaPrefix, classicOnly, suffixOf } from "../annotations/names.ts";
import { unread } from "../annotations/unread.ts";
import { annotation, annotationNames, flag, list } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import { claimedBy } from "./claims.ts";
import { healthCheck } from "./healthCheck.ts";
import { listenerAttributesName } from "./listeners.ts";
import { title } from "./marks.ts";
import { portMappings } from "./portMappings.ts";
import { portAttributesName } from "./targetGroupAttributes.ts";
import { targetTypeOf } from "./targetType.ts";
import { actionsName } from "./whatHasNoModel.ts";

type Fault = Pick<WithoutEffect, "why" | "gets" | "instead">;

export function withoutEffect(service: ServiceFacts): WithoutEffect[] {
  if (service.type !== "LoadBalancer" && claimedBy(service) === undefined) return ofAnotherType(service);
  return [...unread(service, readingsFor(service)), ...unused(service)];
}

function ofAnotherType({ type, annotations, labels = {} }: ServiceFacts): WithoutEffect[] {
  const why = `the Service's type is ${type}, and no annotation asks ${title} to serve it nevertheless`;
  const names = Object.entries(annotations).filter(([name]) => name.startsWith(betaPrefix));
  return [
    ...names.map(([name, value]): WithoutEffect => ({ place: "annotation", name, value, why })),
    ...Object.entries(labels).map(([name, value]): WithoutEffect => ({ place: "label", name, value, why })),
  ];
}

function readingsFor(service: ServiceFacts): Parameters<typeof unread>[1] {
  const mappings = portMappings(service);
  return {
    title,
    prefixes: [betaPrefix],
    names: Object.values(annotationNames).flatMap((name) =>
      // It is read for one listener each.
      name === annotationNames.listenerAttributes ? [] : (suffixOf(name) ?? []),
    ),
    others: [
      annotationNames.sourceRanges,
      ...mappings.map(actionsName),
      ...mappings.map(listenerAttributesName),
      ...mappings.map(({ listenerPort }) => portAttributesName(listenerPort)),
    ],
    known: (suffix) => {
      const [action] = mappings.map(actionsName);
      if (suffix.startsWith("actions.") && action !== undefined)
        return { why: `${title} reads it by another name than its documentation says`, instead: action };
      const classic = classicOnly[suffix];
      return classic === undefined ? known[suffix] : { why: "it is for a Classic Load Balancer", ...classic };
    },
  };
}

const known: Readonly<Record<string, Fault>> = {
  "extra-security-groups": {
    why: "it is for a Classic Load Balancer of the cloud controller manager",
    instead: annotationNames.securityGroups,
  },
};

/** An annotation that the controller reads, and that changes nothing for this Service, or not what it says. */
interface Unused {
  readonly name: AnnotationName;
  /** Undefined if it has its effect. */
  readonly fault: (value: string, service: ServiceFacts) => Fault | undefined;
}

/** With a certificate, another reason says why no port terminates TLS. */
const needsTls: Unused["fault"] = (_value, service) =>
  annotation(service, "certificate") !== undefined ||
  portMappings(service).some(({ listenerProtocol }) => listenerProtocol === "TLS")
    ? undefined
    : { why: "no port terminates TLS", instead: annotationNames.certificate };

const needsAccessLog: Unused["fault"] = (_value, service) =>
  flag(service, "accessLog") === true
    ? undefined
    : { why: "it is read only with access logs", instead: `${annotationNames.accessLog}: "true"` };

const needsHttp: Unused["fault"] = (_value, service) =>
  healthCheck(service).protocol === "TCP"
    ? { why: "the health check is TCP", instead: `${annotationNames.healthCheckProtocol}: http` }
    : undefined;

/** The controller makes rules only in a group of its own. */
const needsOwnGroup: Unused["fault"] = (_value, service) =>
  flag(service, "withoutGroups") === true
    ? { why: "the load balancer gets no security group" }
    : (list(service, "securityGroups") ?? []).length > 0
      ? {
          why: "the Service names the load balancer's security groups, and the controller does not change them",
          gets: "their own rules say who may connect",
        }
      : undefined;

const unusedRules: readonly Unused[] = [
  {
    name: "type",
    fault: (value, service) => {
      if (service.loadBalancerClass !== undefined && value !== "nlb-ip" && value !== "external")
        return {
          why: `loadBalancerClass ${service.loadBalancerClass} comes before it`,
          gets: `${title} makes the load balancer`,
        };
      return undefined;
    },
  },
  {
    name: "targetType",
    fault: (value, service) =>
      value === "instance" || value === "ip"
        ? annotation(service, "type") === "nlb-ip" && value === "instance"
          ? { why: `${annotationNames.type} is nlb-ip`, gets: "targets are pods" }
          : undefined
        : {
            why: "allowed are instance and ip",
            gets: `targets are of type ${targetTypeOf(service)}`,
          },
  },
  {
    name: "internal",
    fault: (_value, service) =>
      annotation(service, "scheme") === undefined
        ? undefined
        : { why: `${annotationNames.scheme} comes before it` },
  },
  { name: "sslPorts", fault: needsTls },
  { name: "sslPolicy", fault: needsTls },
  { name: "alpnPolicy", fault: needsTls },
  {
    name: "backendProtocol",
    fault: (value, service) =>
      value === "ssl"
        ? needsTls(value, service)
        : {
            why: 'for a Network Load Balancer only "ssl" has an effect',
            gets: "targets take the port's protocol",
          },
  },
  {
    name: "certificate",
    fault: (value, service) =>
      value !== "" && service.ports.length > 0 && service.ports.every(({ protocol }) => protocol === "UDP")
        ? { why: "UDP ports do not terminate TLS", gets: "listeners are UDP" }
        : undefined,
  },
  { name: "accessLogBucket", fault: needsAccessLog },
  { name: "accessLogPrefix", fault: needsAccessLog },
  {
    name: "accessLog",
    fault: (_value, service) =>
      flag(service, "accessLog") === false
        ? {
            why: "the controller sends only true",
            instead: `${annotationNames.attributes}: access_logs.s3.enabled=false`,
          }
        : undefined,
  },
  { name: "healthCheckPath", fault: needsHttp },
  { name: "successCodes", fault: needsHttp },
  {
    name: "sourceRanges",
    fault: (value, service) =>
      value !== "" && service.loadBalancerSourceRanges.length > 0
        ? {
            why: "spec.loadBalancerSourceRanges comes before it",
            gets: `admitted are ${service.loadBalancerSourceRanges.join(", ")}`,
          }
        : flag(service, "withoutGroups") === true
          ? undefined
          : needsOwnGroup(value, service),
  },
  { name: "prefixLists", fault: needsOwnGroup },
  {
    name: "pathMtu",
    fault: (value, service) =>
      value === "on"
        ? (needsOwnGroup(value, service) ?? {
            why: 'the controller opens ICMP type 2, code 3 instead of "fragmentation needed", which is type 3, code 4',
            gets: "path MTU discovery is not let in to the load balancer",
          })
        : { why: 'only "on" has an effect' },
  },
  {
    name: "manageNodeRules",
    fault: (_value, service) =>
      flag(service, "withoutGroups") === true || (list(service, "securityGroups") ?? []).length > 0
        ? undefined
        : {
            why: "it is read only for security groups that the Service names",
            gets: "the controller opens the nodes to its own group",
            instead: annotationNames.securityGroups,
          },
  },
  {
    name: "securityGroups",
    fault: (_value, service) =>
      flag(service, "withoutGroups") === true
        ? { why: `${annotationNames.withoutGroups} is true`, gets: "the load balancer has no security group" }
        : undefined,
  },
  {
    name: "targetNodeLabels",
    fault: (_value, service) =>
      targetTypeOf(service) === "ip"
        ? { why: "targets are pods", gets: "pods of all nodes are targets" }
        : undefined,
  },
  {
    name: "tcpUdp",
    fault: (_value, service) =>
      flag(service, "tcpUdp") === undefined
        ? { why: "it is no truth", gets: "TCP and UDP ports with one number are not merged" }
        : undefined,
  },
];

function unused(service: ServiceFacts): WithoutEffect[] {
  return unusedRules.flatMap(({ name, fault }) => {
    const value = annotation(service, name);
    const found = value === undefined ? undefined : fault(value, service);
    if (value === undefined || found === undefined) return [];
    return [{ place: "annotation", name: annotationNames[name], value, ...found }];
  });
}
