/** What belongs to a load balancer, and what to the listeners of each exposure, where several exposures share one. */
import type { Problem } from "../core/validation.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import type { ServiceControllerName } from "./serviceControllers.ts";
import { sharing } from "./support/sharing.ts";

/**
 * Whose an option is.
 *
 * - "load balancer": of its own, the same for all exposures that join it;
 * - "listener": of the Service, its listeners, target groups and rules, so each exposure has its own;
 * - "both": of objects of both.
 */
type Level = "load balancer" | "listener" | "both";

const levels: Readonly<Record<keyof NetworkLoadBalancerOptions, Level>> = {
  loadBalancerSourceRanges: "listener",
  sourcePrefixLists: "listener",
  sourceSecurityGroups: "listener",
  externalTrafficPolicy: "listener",
  sessionAffinity: "listener",
  targetType: "listener",
  allocateLoadBalancerNodePorts: "listener",
  trafficDistribution: "listener",
  healthCheck: "listener",
  healthCheckNodePort: "listener",
  targetGroupCrossZoneLoadBalancing: "listener",
  preserveClientIp: "listener",
  proxyProtocolV2: "listener",
  stickiness: "listener",
  tcpIdleTimeoutSeconds: "listener",
  deregistrationDelaySeconds: "listener",
  connectionTermination: "listener",
  unhealthyConnectionTermination: "listener",
  unhealthyDrainingIntervalSeconds: "listener",
  targetGroupHealth: "listener",
  unhealthyHostCountAlarm: "listener",
  tags: "both",
  ipAddressType: "load balancer",
  scheme: "load balancer",
  subnetIds: "load balancer",
  crossZoneLoadBalancing: "load balancer",
  dnsRecordClientRoutingPolicy: "load balancer",
  eipAllocationIds: "load balancer",
  privateIpv4Addresses: "load balancer",
  loadBalancerName: "load balancer",
  deletionProtection: "load balancer",
  accessLogs: "load balancer",
  securityGroups: "load balancer",
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "load balancer",
  quotas: "load balancer",
};

const levelOf = (option: string): Level | undefined =>
  Object.entries(levels).find(([name]) => name === option)?.[1];

/** The options that all exposures of a load balancer have from it. */
export function loadBalancerLevel<Options extends object>(options: Options): Partial<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => levelOf(name) === "load balancer"),
  ) as Partial<Options>;
}

/** What is left for an exposure that joins a load balancer with those. All of them are optional. */
export function listenerLevel<Options extends object>(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => levelOf(name) !== "load balancer"),
  ) as Options;
}

/** What an exposure may not set, because the load balancer that it joins has it. */
export function joiningProblems(args: object, loadBalancer: string): Problem[] {
  return given(args).flatMap(([propertyPath, value]) =>
    levelOf(propertyPath) === "load balancer" || propertyPath === "sharedNodeRules"
      ? [
          {
            propertyPath,
            reason: `${inWords(value)} cannot be set here: it is the load balancer's, and the exposure joins "${loadBalancer}"; set it for the NetworkLoadBalancer "${loadBalancer}", or omit loadBalancer, and the exposure has a load balancer of its own`,
          },
        ]
      : [],
  );
}

/** What would have no effect, because a load balancer has no ports of its own. */
export function withoutPortsProblems(args: object): Problem[] {
  return given(args).flatMap(([propertyPath, value]) =>
    levelOf(propertyPath) === "listener" || propertyPath === "targetGroupBinding"
      ? [
          {
            propertyPath,
            reason: `${inWords(value)} would have no effect: the load balancer has no ports of its own; set it for the exposures that join the load balancer, or name ports`,
          },
        ]
      : [],
  );
}

/** What a LoadBalancer Service cannot do with a load balancer of the program. */
export function unsharedProblems(args: object, controller: ServiceControllerName): Problem[] {
  if (!("loadBalancer" in args) || args.loadBalancer === undefined) return [];
  const { title, cannot, instead } = unshared[controller];
  return [
    {
      propertyPath: "loadBalancer",
      reason: `a load balancer cannot be set: ${title} ${cannot}; omit it, or use a NodePortExposure${instead}`,
    },
  ];
}

const unshared = {
  "aws-cloud-controller-manager": {
    title: "the AWS cloud controller manager",
    cannot: sharing.loadBalancer.loadBalancer.cannot,
    instead: "",
  },
  "aws-load-balancer-controller": {
    title: "the AWS Load Balancer Controller",
    cannot: sharing.loadBalancer.loadBalancerController.cannot,
    instead: " with targetGroupBinding, where this controller registers the nodes",
  },
};

const given = (args: object): [string, unknown][] =>
  Object.entries(args).filter(([, value]: [string, unknown]) => value !== undefined && !isEmptyList(value));

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const inWords = (value: unknown): string =>
  typeof value === "string" ? `"${value}"` : JSON.stringify(value);
