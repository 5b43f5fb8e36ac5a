/**
 * What the API server refuses about a new Service, in its own words. Addresses that the cluster allocates are not checked.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go (ValidateService)
 */
import { isIP, isIPv4 } from "node:net";
import type { Path, Problem } from "./fields.ts";
import { portProblems } from "./portValidation.ts";
import { forbidden, invalid, required, unsupported } from "./reasons.ts";
import { needsHealthCheck, sourceRangesAnnotation } from "./stored.ts";
import type { StoredService, StoredSpec } from "./stored.ts";

/** @param service with the API server's defaults, from `stored` */
export function serviceProblems(service: StoredService): Problem[] {
  const { spec } = service;
  return [
    ...nameProblems(service),
    ...portProblems(spec),
    ...affinityProblems(spec),
    ...familyProblems(spec),
    ...addressProblems(spec),
    ...sourceRangeProblems(service),
    ...typeProblems(spec),
    ...pickedProblems(spec),
  ];
}

/** https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/util/validation/validation.go (IsDNS1035Label, IsDNS1123Label) */
function nameProblems({ metadata = {} }: StoredService): Problem[] {
  const { name, generateName, namespace } = metadata;
  const label = "lower case alphanumeric characters or '-'";
  return [
    ...(name === undefined && generateName === undefined
      ? [required(["metadata", "name"], "name or generateName is required")]
      : []),
    ...(name === undefined || isLabel(name, /^[a-z]/)
      ? []
      : [
          invalid(
            ["metadata", "name"],
            name,
            name.length > longestLabel
              ? `must be no more than ${longestLabel} characters`
              : `a DNS-1035 label must consist of ${label}, start with an alphabetic character, and end with an alphanumeric character`,
          ),
        ]),
    ...(namespace === undefined || isLabel(namespace, /^[a-z0-9]/)
      ? []
      : [
          invalid(
            ["metadata", "namespace"],
            namespace,
            `a lowercase RFC 1123 label must consist of ${label}, and must start and end with an alphanumeric character`,
          ),
        ]),
  ];
}

const longestLabel = 63;

function isLabel(text: string, start: RegExp): boolean {
  return text.length <= longestLabel && start.test(text) && /^([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** A day. https://kubernetes.io/docs/reference/networking/virtual-ips/#session-stickiness-timeout */
const longestAffinitySeconds = 86400;

function affinityProblems({ sessionAffinity, sessionAffinityConfig }: StoredSpec): Problem[] {
  const path: Path = ["spec", "sessionAffinityConfig"];
  if (sessionAffinity !== "ClientIP") {
    return sessionAffinityConfig === undefined
      ? []
      : [forbidden(path, "must not be set when session affinity is None")];
  }
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined || (seconds > 0 && seconds <= longestAffinitySeconds)) return [];
  return [
    invalid(
      [...path, "clientIP", "timeoutSeconds"],
      seconds,
      `must be greater than 0 and less than ${longestAffinitySeconds}`,
    ),
  ];
}

function familyProblems({
  clusterIP,
  clusterIPs,
  ipFamilies = [],
  ipFamilyPolicy,
  type,
}: StoredSpec): Problem[] {
  const first = clusterIPs?.[0];
  const problems = ipFamilies.flatMap((family, index) =>
    family === "IPv4" || family === "IPv6"
      ? []
      : [unsupported(["spec", "ipFamilies", index], family, ["IPv4", "IPv6"])],
  );
  if (ipFamilyPolicy === "SingleStack" && ipFamilies.length > 1) {
    problems.push(
      invalid(["spec", "ipFamilyPolicy"], ipFamilyPolicy, "may be SingleStack only if one family is named"),
    );
  }
  if (first !== undefined && clusterIP !== first) {
    problems.push(invalid(["spec", "clusterIPs", 0], first, "first value must match `clusterIP`"));
  }
  if (first === "None" && (type === "LoadBalancer" || type === "NodePort")) {
    problems.push(
      invalid(["spec", "clusterIPs", 0], "None", `may not be set to 'None' for ${type} services`),
    );
  }
  return problems;
}

/** Addresses that no load balancer has. validation.go (ValidateNonSpecialIP) */
const special: readonly (readonly [RegExp, string])[] = [
  [/^(0\.0\.0\.0|::)$/, "may not be unspecified"],
  [/^(127\.|::1$)/, "may not be in the loopback range (127.0.0.0/8, ::1/128)"],
  [/^(169\.254\.|fe[89ab])/i, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"],
];

function addressProblems({ externalIPs = [] }: StoredSpec): Problem[] {
  return externalIPs.flatMap((address, index) => {
    const path = ["spec", "externalIPs", index];
    if (isIP(address) === 0)
      return [invalid(path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")];
    return special
      .filter(([range]) => range.test(address))
      .map(([, reason]) => invalid(path, address, reason));
  });
}

const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";

function sourceRangeProblems({ metadata, spec }: StoredService): Problem[] {
  const { type, loadBalancerSourceRanges = [] } = spec;
  const annotated = metadata?.annotations?.[sourceRangesAnnotation];
  const [path, ranges]: [Path, readonly string[]] =
    loadBalancerSourceRanges.length > 0
      ? [["spec", "loadBalancerSourceRanges"], loadBalancerSourceRanges]
      : [["metadata", "annotations", sourceRangesAnnotation], annotated?.trim() ? annotated.split(",") : []];
  const isSet = loadBalancerSourceRanges.length > 0 || annotated !== undefined;
  return [
    ...(isSet && type !== "LoadBalancer" ? [forbidden(path, onlyLoadBalancer)] : []),
    ...ranges.flatMap((range, index) =>
      isRange(range.trim())
        ? []
        : [
            invalid(
              path[0] === "spec" ? [...path, index] : path,
              range.trim(),
              "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            ),
          ],
    ),
  ];
}

function isRange(range: string): boolean {
  const [, address = "", length = ""] = /^([^/]+)\/(\d{1,3})$/.exec(range) ?? [];
  return isIP(address) !== 0 && Number(length) <= (isIPv4(address) ? 32 : 128);
}

/** What only one type of Service may have. */
function typeProblems(spec: StoredSpec): Problem[] {
  const { type, allocateLoadBalancerNodePorts, loadBalancerClass, externalName, healthCheckNodePort } = spec;
  const isLoadBalancer = type === "LoadBalancer";
  return [
    ...(allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer
      ? [forbidden(["spec", "allocateLoadBalancerNodePorts"], onlyLoadBalancer)]
      : []),
    ...(loadBalancerClass !== undefined && !isLoadBalancer
      ? [forbidden(["spec", "loadBalancerClass"], onlyLoadBalancer)]
      : []),
    ...(type === "ExternalName" && (externalName ?? "") === "" ? [required(["spec", "externalName"])] : []),
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
  trafficDistribution: ["PreferClose", "PreferSameNode", "PreferSameZone"],
} as const;

function pickedProblems(spec: StoredSpec): Problem[] {
  return Object.entries(picked).flatMap(([field, words]) => {
    const value = spec[field as keyof typeof picked];
    return value === undefined || (words as readonly string[]).includes(value)
      ? []
      : [unsupported(["spec", field], value, words)];
  });
}
