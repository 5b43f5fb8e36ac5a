/** Annotations of a Service that have no effect on what the controller makes, or another one than they seem to have. */
import { isLabelKey, isLabelValue } from "../../../../components/core/labels.ts";
import type { WithoutEffect } from "../../cloud.ts";
import {
  annotationNamed,
  classicOnly,
  cloudControllerManagerNames,
  loadBalancerControllerOnly,
  suffixOf,
} from "../annotations/names.ts";
import { betaPrefix } from "../annotations/names.ts";
import { unread } from "../annotations/unread.ts";
import type { Readings } from "../annotations/unread.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames, flag, keyValues } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import { defaultConfiguration } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { healthCheck } from "./healthCheck.ts";
import { minorOf, unreadBy } from "./releases.ts";
import type { Minor } from "./releases.ts";
import { portMappings } from "./portMappings.ts";
import { servedAs } from "./kinds.ts";
import { schemeOf } from "./subnets.ts";

const title = "the AWS cloud controller manager";

export function withoutEffect(
  service: ServiceFacts,
  configuration: Configuration = defaultConfiguration,
  minor: Minor = minorOf(undefined),
): WithoutEffect[] {
  const served = servedAs(service);
  if (served.kind === "none")
    return ofNobody(
      service,
      `the Service's type is ${service.type}; controllers of load balancers read annotations of LoadBalancer Services only`,
    );
  if (served.kind === "left to others") return ofNobody(service, `${title} leaves the Service to others`);
  if (served.kind === "classic") return ofClassic(service);
  return [...unread(service, readingsFor(service, configuration, minor)), ...unused(service, configuration)];
}

/** Annotations and labels that nobody reads, all for one reason. */
function ofNobody({ annotations, labels = {} }: ServiceFacts, why: string): WithoutEffect[] {
  const names = Object.entries(annotations).filter(([name]) => name.startsWith(betaPrefix));
  return [
    ...names.map(([name, value]): WithoutEffect => ({ place: "annotation", name, value, why })),
    ...Object.entries(labels).map(([name, value]): WithoutEffect => ({ place: "label", name, value, why })),
  ];
}

/** The controller reads other names for a Classic Load Balancer. */
function ofClassic(service: ServiceFacts): WithoutEffect[] {
  const readings: Readings = {
    title,
    prefixes: [betaPrefix],
    names: classicNames,
    others: [annotationNames.sourceRanges],
    known(suffix) {
      if (networkOnly.includes(suffix))
        return {
          why: `${title} reads it only for a Network Load Balancer`,
          instead: `${annotationNames.type}: nlb`,
        };
      const other = loadBalancerControllerOnly[suffix];
      return other === undefined
        ? undefined
        : {
            why: "only the AWS Load Balancer Controller reads it",
            ...(suffix === "scheme"
              ? { gets: `the load balancer is ${schemeOf(service)}`, instead: annotationNames.internal }
              : {}),
          };
    },
  };
  return [
    ...unread(service, readings),
    ...unused(service, defaultConfiguration, ["internal", "type", "sourceRanges"]),
  ];
}

const networkOnly: readonly string[] = [
  "eip-allocations",
  "private-ipv4-addresses",
  "target-group-attributes",
];

const classicNames: readonly string[] = [
  ...cloudControllerManagerNames.filter((name) => !networkOnly.includes(name)),
  ...Object.keys(classicOnly),
  "healthcheck-timeout",
  "security-groups",
  "extra-security-groups",
];

/** Of an annotation that only later releases read, or refuse. */
const notYet: Readonly<Partial<Record<AnnotationName, Pick<WithoutEffect, "why" | "gets">>>> = {
  privateIpv4Addresses: { why: `${title} reads it from v1.35 on`, gets: "AWS chooses the addresses" },
  securityGroups: {
    why: `before v1.35, ${title} reads it only for a Classic Load Balancer`,
    gets: "the load balancer has no security group",
  },
  extraSecurityGroups: {
    why: `before v1.35, ${title} reads it only for a Classic Load Balancer`,
    gets: "the load balancer has no security group",
  },
};

function readingsFor(service: ServiceFacts, configuration: Configuration, minor: Minor): Readings {
  const later = unreadBy(minor);
  const laterNames = later.map((name) => suffixOf(annotationNames[name]));
  const refused = (["securityGroups", "extraSecurityGroups"] as const).filter(
    (name) => !later.includes(name),
  );
  return {
    title,
    prefixes: [betaPrefix],
    names: cloudControllerManagerNames.filter((name) => !laterNames.includes(name)),
    others: [annotationNames.sourceRanges, ...refused.map((name) => annotationNames[name])],
    known(suffix) {
      const unreadYet = later.find((name) => annotationNames[name] === annotationNamed(suffix));
      if (unreadYet !== undefined) return notYet[unreadYet];
      const classic = classicOnly[suffix];
      if (classic !== undefined)
        return { why: `${title} reads it only for a Classic Load Balancer`, ...classic };
      if (suffix === "healthcheck-timeout") {
        const { protocol, timeoutSeconds } = healthCheck(service, configuration);
        return {
          why: `${title} parses it, and does not send it`,
          gets: `the time-out of a check by ${protocol} is ${timeoutSeconds} s`,
        };
      }
      const other = loadBalancerControllerOnly[suffix];
      if (other === undefined) return undefined;
      const scheme = suffix === "scheme" ? { gets: `the load balancer is ${schemeOf(service)}` } : {};
      return { why: "only the AWS Load Balancer Controller reads it", ...other, ...scheme };
    },
  };
}

/** An annotation that the controller reads, and that changes nothing for this Service, or not what it says. */
interface Unused {
  readonly name: AnnotationName;
  /** Undefined if it has its effect. */
  readonly fault: (
    value: string,
    service: ServiceFacts,
    configuration: Configuration,
  ) => Pick<WithoutEffect, "why" | "gets" | "instead"> | undefined;
}

const needsCertificate: Unused["fault"] = (_value, service) =>
  portMappings(service).some(({ listenerProtocol }) => listenerProtocol === "TLS")
    ? undefined
    : { why: "no port terminates TLS", instead: annotationNames.certificate };

const overriddenByProbe: Unused["fault"] = (_value, { externalTrafficPolicy }, { sharedHealthProbe }) =>
  sharedHealthProbe === undefined || externalTrafficPolicy === "Local"
    ? undefined
    : {
        why: "ClusterServiceLoadBalancerHealthProbeMode in the controller's configuration is Shared",
        gets: `the health check is HTTP ${sharedHealthProbe.port}${sharedHealthProbe.path}`,
      };

const needsAccessLog: Unused["fault"] = (_value, service) =>
  flag(service, "accessLog")
    ? undefined
    : { why: "access logs are not enabled", instead: annotationNames.accessLog };

const unusedRules: readonly Unused[] = [
  {
    name: "internal",
    fault: (value) =>
      ["", "true", "false"].includes(value)
        ? undefined
        : {
            why: `any value but "false" means true`,
            gets: "the load balancer is internal",
            instead: `${annotationNames.internal}: "true" or "false"`,
          },
  },
  {
    name: "type",
    fault: (value) =>
      value === "nlb"
        ? undefined
        : {
            why: `${title} knows only "nlb"`,
            gets: "it makes a Classic Load Balancer",
            instead: `${annotationNames.type}: nlb`,
          },
  },
  { name: "sslPorts", fault: sslPortsFault },
  { name: "sslPolicy", fault: needsCertificate },
  {
    name: "backendProtocol",
    fault: (value, service, configuration) =>
      value === "ssl"
        ? needsCertificate(value, service, configuration)
        : {
            why: 'for a Network Load Balancer only "ssl" has an effect',
            gets: "targets take the port's protocol",
          },
  },
  { name: "accessLogBucket", fault: needsAccessLog },
  { name: "accessLogPrefix", fault: needsAccessLog },
  { name: "healthCheckProtocol", fault: overriddenByProbe },
  { name: "healthCheckPort", fault: overriddenByProbe },
  {
    name: "healthCheckPath",
    fault: (value, service, configuration) =>
      overriddenByProbe(value, service, configuration) ??
      (healthCheck(service, configuration).protocol === "TCP"
        ? {
            why: "the health check is TCP, which has no path",
            instead: `${annotationNames.healthCheckProtocol}: http`,
          }
        : undefined),
  },
  {
    name: "certificate",
    fault: (value, { ports }) =>
      value !== "" && ports.length > 0 && ports.every(({ protocol }) => protocol === "UDP")
        ? { why: "UDP ports do not terminate TLS", gets: "listeners are UDP" }
        : undefined,
  },
  {
    name: "targetNodeLabels",
    fault: (value) => {
      const wrong = Object.entries(keyValues(value)).filter(
        ([key, word]) => !(isLabelKey(key) && isLabelValue(word)),
      );
      return wrong.length === 0
        ? undefined
        : {
            why: `${wrong.map(([key, word]) => `"${key}${word === "" ? "" : `=${word}`}"`).join(", ")} is no label, so no node has it`,
            gets: "the load balancer has no target",
            instead: `${annotationNames.targetNodeLabels}: key=value, without blanks around the equals sign`,
          };
    },
  },
  {
    name: "sourceRanges",
    fault: (value, { loadBalancerSourceRanges }) =>
      value !== "" && loadBalancerSourceRanges.length > 0
        ? {
            why: "spec.loadBalancerSourceRanges comes before it",
            gets: `admitted are ${loadBalancerSourceRanges.join(", ")}`,
          }
        : undefined,
  },
];

/** Items are compared as they are, blanks included. aws.go (getPortSets) */
function sslPortsFault(
  value: string,
  service: ServiceFacts,
  configuration: Configuration,
): ReturnType<Unused["fault"]> {
  if ((annotation(service, "certificate") ?? "") === "") {
    return needsCertificate(value, service, configuration);
  }
  if (value === "" || value === "*") return undefined;
  const isPort = (item: string): boolean =>
    service.ports.some(
      ({ name, port }) => item === name || (/^[+-]?\d+$/.test(item) && Number(item) === port),
    );
  const wrong = value.split(",").filter((item) => !isPort(item));
  if (wrong.length === 0) return undefined;
  const trimmed = [...new Set(value.split(",").map((item) => item.trim()))].filter(isPort);
  const tls = portMappings(service).filter(({ listenerProtocol }) => listenerProtocol === "TLS");
  return {
    why: `${wrong.map((item) => `"${item}"`).join(", ")} is no port's number or name; blanks are not trimmed`,
    gets:
      tls.length === 0
        ? "no listener is TLS"
        : `only these listeners are TLS: ${tls.map(({ listenerPort }) => listenerPort).join(", ")}`,
    ...(trimmed.length === 0 ? {} : { instead: `${annotationNames.sslPorts}: ${trimmed.join(",")}` }),
  };
}

function unused(
  service: ServiceFacts,
  configuration: Configuration,
  names: readonly AnnotationName[] = unusedRules.map(({ name }) => name),
): WithoutEffect[] {
  return unusedRules.flatMap(({ name, fault }) => {
    if (!names.includes(name)) return [];
    const value = annotation(service, name);
    const found = value === undefined ? undefined : fault(value, service, configuration);
    if (value === undefined || found === undefined) return [];
    return [{ place: "annotation", name: annotationNames[name], value, ...found }];
  });
}
