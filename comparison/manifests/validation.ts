/**
 * What the API server refuses about a new Service, in its own words.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go (ValidateService)
 */
import { addressProblems } from "./addressValidation.ts";
import type { Path, Problem } from "./fields.ts";
import { nameProblems, qualifiedNameFaults, subdomainFaults } from "./nameValidation.ts";
import { portProblems } from "./portValidation.ts";
import { forbidden, invalid, required, unsupported } from "./reasons.ts";
import { needsHealthCheck, onlyLoadBalancer } from "./stored.ts";
import type { StoredService, StoredSpec } from "./stored.ts";

/** @param service with the API server's defaults, from `stored` */
export function serviceProblems(service: StoredService): Problem[] {
  const { spec } = service;
  return [
    ...nameProblems(service),
    ...portProblems(spec),
    ...affinityProblems(spec),
    ...addressProblems(service),
    ...typeProblems(spec),
    ...pickedProblems(spec),
  ];
}

/** A day. https://kubernetes.io/docs/reference/networking/virtual-ips/#session-stickiness-timeout */
const longestAffinitySeconds = 86400;

function affinityProblems({ sessionAffinity, sessionAffinityConfig }: StoredSpec): Problem[] {
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== "ClientIP") return [];
  if (seconds === undefined || (seconds > 0 && seconds <= longestAffinitySeconds)) return [];
  return [
    invalid(
      ["spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds"],
      seconds,
      `must be greater than 0 and less than ${longestAffinitySeconds}`,
    ),
  ];
}

/** What only one type of Service may have. */
function typeProblems(spec: StoredSpec): Problem[] {
  const { type, allocateLoadBalancerNodePorts, loadBalancerClass, healthCheckNodePort } = spec;
  const isLoadBalancer = type === "LoadBalancer";
  return [
    ...(allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer
      ? [forbidden(["spec", "allocateLoadBalancerNodePorts"], onlyLoadBalancer)]
      : []),
    ...(loadBalancerClass !== undefined && !isLoadBalancer
      ? [forbidden(["spec", "loadBalancerClass"], onlyLoadBalancer)]
      : []),
    ...(isLoadBalancer && loadBalancerClass !== undefined
      ? qualifiedNameFaults(loadBalancerClass).map((reason) =>
          invalid(["spec", "loadBalancerClass"], loadBalancerClass, reason),
        )
      : []),
    ...(type === "ExternalName" ? externalNameProblems(spec) : []),
    ...(healthCheckNodePort !== undefined && healthCheckNodePort !== 0 && !needsHealthCheck(spec)
      ? [
          invalid(
            ["spec", "healthCheckNodePort"],
            healthCheckNodePort,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
          ),
        ]
      : []),
    ...(spec.externalTrafficPolicy !== undefined && !isReachable(spec)
      ? [
          invalid(
            ["spec", "externalTrafficPolicy"],
            spec.externalTrafficPolicy,
            "may only be set for externally-accessible services",
          ),
        ]
      : []),
  ];
}

/** A name may end with a dot. */
function externalNameProblems({ externalName = "" }: StoredSpec): Problem[] {
  const path: Path = ["spec", "externalName"];
  const name = externalName.replace(/\.$/, "");
  return name === "" ? [required(path)] : subdomainFaults(name).map((reason) => invalid(path, name, reason));
}

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/api/service/util.go (ExternallyAccessible) */
function isReachable({ type, externalIPs = [] }: StoredSpec): boolean {
  return type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && externalIPs.length > 0);
}

/** Fields that take one of a few words. */
const picked = {
  type: ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
  sessionAffinity: ["ClientIP", "None"],
  externalTrafficPolicy: ["Cluster", "Local"],
  internalTrafficPolicy: ["Cluster", "Local"],
  ipFamilyPolicy: ["PreferDualStack", "RequireDualStack", "SingleStack"],
  trafficDistribution: ["PreferClose", "PreferSameZone", "PreferSameNode"],
} as const;

function pickedProblems(spec: StoredSpec): Problem[] {
  return Object.entries(picked).flatMap(([field, words]) => {
    const value = spec[field as keyof typeof picked];
    // Then it may not be set at all.
    const isOutOfPlace =
      (field === "externalTrafficPolicy" && !isReachable(spec)) ||
      (field === "ipFamilyPolicy" && spec.type === "ExternalName");
    return value === undefined || isOutOfPlace || (words as readonly string[]).includes(value)
      ? []
      : [unsupported(["spec", field], value, words)];
  });
}
