/**
 * What minor releases of the controller do otherwise than v1.35.0, which the model follows. A release is for Kubernetes of the same minor version:
 * https://github.com/kubernetes/cloud-provider-aws#compatibility-with-kubernetes. Read were v1.34.4, v1.35.0 and v1.36.2, pkg/providers/v1: aws.go,
 * aws_loadbalancer.go, aws_validations.go, config/config.go. An older or newer version of Kubernetes counts as the nearest of these.
 *
 * Differences without a row: v1.34.4 and v1.36.2 deregister targets before they register others, and v1.35.0 after that; they look for named subnets in
 * the cluster's VPC only, and v1.35.0 in the whole account; v1.34.4 checks source ranges after the ports and not before them; v1.36.2 removes its own security group of a
 * Classic Load Balancer that gets another one.
 */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationNames } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import type { Configuration } from "./configuration.ts";

/** Of Kubernetes and of the controller: 1.x. */
export type Minor = 34 | 35 | 36;

/** The one that the model follows where the cluster's version is not known. */
const usual: Minor = 35;

/** Settings and annotations for Network Load Balancers that a release is the first to know. Older ones do not read them, and refuse none of their values. */
export const firstToKnow: Readonly<
  Record<"managedSecurityGroups" | "privateIpv4Addresses" | "securityGroups", Minor>
> = {
  /** `NLBSecurityGroupMode`: config.go (CloudConfig) */
  managedSecurityGroups: 35,
  privateIpv4Addresses: 35,
  /** Of the annotations for security groups, which it refuses: aws_validations.go (validateServiceAnnotations) */
  securityGroups: 35,
};

/** The release that runs in a cluster. @param kubernetesVersion undefined if it is not known */
export function minorOf(kubernetesVersion: string | undefined): Minor {
  const [, minor] = /^v?1\.(\d+)/.exec(kubernetesVersion ?? "") ?? [];
  if (minor === undefined) return usual;
  return Number(minor) < usual ? 34 : Number(minor) > usual ? 36 : usual;
}

/** The Service without the annotations that the release does not read. */
export function asRead(service: ServiceFacts, minor: Minor): ServiceFacts {
  const unread = unreadBy(minor).map((name): string => annotationNames[name]);
  const read = Object.entries(service.annotations).filter(([name]) => !unread.includes(name));
  return { ...service, annotations: Object.fromEntries(read) };
}

/** The annotations for Network Load Balancers that the release does not read, although v1.35.0 does. */
export function unreadBy(minor: Minor): readonly AnnotationName[] {
  return [
    ...(minor < firstToKnow.privateIpv4Addresses ? (["privateIpv4Addresses"] as const) : []),
    ...(minor < firstToKnow.securityGroups ? (["securityGroups", "extraSecurityGroups"] as const) : []),
  ];
}

/** Without settings that the release does not know: gcfg leaves them out. */
export function asConfigured(configuration: Configuration, minor: Minor): Configuration {
  return minor < firstToKnow.managedSecurityGroups
    ? { ...configuration, managesSecurityGroups: false }
    : configuration;
}
