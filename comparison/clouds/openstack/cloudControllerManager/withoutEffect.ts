/** Annotations of a Service without an effect, or with another one than they seem to have. v1.35.0, pkg/openstack/loadbalancer.go */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { nearest } from "../../../nearest.ts";
import type { WithoutEffect } from "../../cloud.ts";
import type { ControllerSettings } from "../model.ts";
import {
  annotationNames,
  internalAnnotation,
  isInteger,
  isOfOtherCloud,
  looksMeant,
  prefix,
} from "./annotations.ts";
import { isInternal, isUnmonitored } from "./settings.ts";

const flags = [
  internalAnnotation,
  ...["enable-health-monitor", "keep-floatingip", "x-forwarded-for"].map((name) => prefix + name),
];

const { healthMonitor, timeouts } = octaviaDefaults;

/** With what there is instead of a value that cannot be read. */
const integers: Readonly<Record<string, string>> = {
  [`${prefix}connection-limit`]: byDefault(octaviaDefaults.connectionLimit),
  [`${prefix}health-monitor-delay`]: byFile("monitor-delay", healthMonitor.delaySeconds),
  [`${prefix}health-monitor-timeout`]: byFile("monitor-timeout", healthMonitor.timeoutSeconds),
  [`${prefix}health-monitor-max-retries`]: byFile("monitor-max-retries", healthMonitor.maxRetries),
  [`${prefix}health-monitor-max-retries-down`]: byFile(
    "monitor-max-retries-down",
    healthMonitor.maxRetriesDown,
  ),
  [`${prefix}timeout-client-data`]: byDefault(timeouts.clientDataMilliseconds),
  [`${prefix}timeout-member-connect`]: byDefault(timeouts.memberConnectMilliseconds),
  [`${prefix}timeout-member-data`]: byDefault(timeouts.memberDataMilliseconds),
  [`${prefix}timeout-tcp-inspect`]: byDefault(timeouts.tcpInspectMilliseconds),
};

function byDefault(value: number): string {
  return `the default, ${value}`;
}

function byFile(setting: string, value: number): string {
  return `${setting} of the controller's cloud.conf, by default ${value}`;
}

/** @param settings undefined if they are not known: then only what has no effect whatever they are */
export function withoutEffect(
  service: ServiceFacts,
  settings: ControllerSettings | undefined,
): WithoutEffect[] {
  const { annotations, labels = {} } = service;
  return [
    ...Object.entries(annotations).flatMap(([name, value]) => {
      const why = whyWithoutEffect(name, value, service, settings);
      return why === undefined ? [] : [{ place: "annotation" as const, name, value, ...why }];
    }),
    ...Object.entries(labels).map(([name, value]) => ({
      place: "label" as const,
      name,
      value,
      why: "the controller reads annotations, not labels",
      ...(annotationNames.includes(name) ? { instead: `the annotation ${name}` } : {}),
    })),
  ];
}

function whyWithoutEffect(
  name: string,
  value: string,
  service: ServiceFacts,
  settings: ControllerSettings | undefined,
): Pick<WithoutEffect, "why" | "gets" | "instead"> | undefined {
  if (isOfOtherCloud(name))
    return {
      why: "it is for the controller of another cloud",
      ...(name.endsWith("-load-balancer-internal") ? { instead: `${internalAnnotation}: "${value}"` } : {}),
    };
  if (!looksMeant.test(name)) return undefined;
  if (!annotationNames.includes(name)) {
    const meant = nearest(name, annotationNames);
    return {
      why: "the controller reads no annotation of this name",
      ...(meant === undefined ? {} : { instead: meant }),
    };
  }
  if (flags.includes(name) && !["true", "false"].includes(value))
    return { why: `only "true" and "false" are read`, instead: `${name}: "true"` };
  const fallback = integers[name];
  if (fallback !== undefined && !isInteger(value)) return { why: "it is not a whole number", gets: fallback };
  if (name === `${prefix}health-monitor-max-retries-down` && Number(value) === 0)
    return {
      why: "the controller's client leaves 0 out",
      gets: `${byDefault(healthMonitor.maxRetriesDown)}, or what the monitor has already`,
    };
  if (name === `${prefix}proxy-protocol` && !["true", "false", "v1", "v2"].includes(value))
    return { why: `only "true", "v1" and "v2" are read`, instead: `${name}: "v2"` };
  if (name.startsWith(`${prefix}health-monitor-`) && isUnmonitored(service, settings))
    return { why: "there is no health monitor", instead: `${prefix}enable-health-monitor: "true"` };
  if (name === internalAnnotation && value === "false" && settings?.internalLb === true)
    return { why: "the controller's cloud.conf has internal-lb=true, which no annotation overrides" };
  if (name.startsWith(`${prefix}floating-`) && isInternal(service, settings))
    return { why: "an internal load balancer has no floating IP" };
  if (name === `${prefix}keep-floatingip` && value === "true" && isInternal(service, settings))
    return { why: "an internal load balancer has no floating IP" };
  if (name === sourceRangesAnnotation && service.loadBalancerSourceRanges.length > 0)
    return { why: "spec.loadBalancerSourceRanges is set, and wins" };
  return undefined;
}
