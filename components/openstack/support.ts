/**
 * What each way makes of an option. Source for the OpenStack cloud controller manager: kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go
 * (checkService, makeSvcConf).
 */
import type { OctaviaOptions } from "./options.ts";

export interface OptionSupport {
  readonly nodePort: Support;
  readonly loadBalancer: Support;
}

/** The resource, field or annotation that has the option, or what continues "the OpenStack cloud controller manager ...". */
export type Support =
  | { readonly by: string; readonly annotations?: readonly string[]; readonly but?: string }
  | { readonly cannot: string };

const service = (field: string, but?: string): Support =>
  but === undefined ? { by: `Service: ${field}` } : { by: `Service: ${field}`, but };

/** @param names without `loadbalancer.openstack.org/` */
const annotated = (names: readonly string[], but?: string): Support => {
  const by = `annotation${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
  return but === undefined ? { by, annotations: names } : { by, annotations: names, but };
};

const setOnce = "sets it when it makes the load balancer, and never again";

export const support = {
  loadBalancerSourceRanges: {
    nodePort: { by: "Listener: allowedCidrs" },
    loadBalancer: service("spec.loadBalancerSourceRanges"),
  },
  scheme: {
    nodePort: { by: "FloatingIp, or none" },
    loadBalancer: {
      by: "annotation service.beta.kubernetes.io/openstack-internal-load-balancer",
      but: "makes every load balancer internal if its cloud.conf has internal-lb=true",
    },
  },
  externalTrafficPolicy: {
    nodePort: service("spec.externalTrafficPolicy"),
    loadBalancer: service("spec.externalTrafficPolicy"),
  },
  healthCheckNodePort: {
    nodePort: {
      by: "a Service of a class that nobody serves: spec.healthCheckNodePort; Member: monitorPort; Monitor: HTTP /healthz",
    },
    loadBalancer: service("spec.healthCheckNodePort"),
  },
  sessionAffinity: {
    nodePort: { by: "Service: spec.sessionAffinity; Pool: persistence" },
    loadBalancer: service("spec.sessionAffinity", `gives the pools their persistence once`),
  },
  trafficDistribution: {
    nodePort: service("spec.trafficDistribution"),
    loadBalancer: service("spec.trafficDistribution"),
  },
  healthMonitor: {
    nodePort: { by: "Monitor" },
    loadBalancer: annotated([
      "enable-health-monitor",
      "health-monitor-delay",
      "health-monitor-timeout",
      "health-monitor-max-retries",
      "health-monitor-max-retries-down",
    ]),
  },
  lbMethod: { nodePort: { by: "Pool: lbMethod" }, loadBalancer: annotated(["lb-method"]) },
  clientAddress: {
    nodePort: { by: "Pool: protocol; Listener: protocol, insertHeaders" },
    loadBalancer: annotated(["proxy-protocol", "x-forwarded-for"]),
  },
  connectionLimit: {
    nodePort: { by: "Listener: connectionLimit" },
    loadBalancer: annotated(["connection-limit"]),
  },
  timeouts: {
    nodePort: {
      by: "Listener: timeoutClientData, timeoutMemberConnect, timeoutMemberData, timeoutTcpInspect",
    },
    loadBalancer: annotated([
      "timeout-client-data",
      "timeout-member-connect",
      "timeout-member-data",
      "timeout-tcp-inspect",
    ]),
  },
  flavorId: { nodePort: { by: "LoadBalancer: flavorId" }, loadBalancer: annotated(["flavor-id"], setOnce) },
  availabilityZone: {
    nodePort: { by: "LoadBalancer: availabilityZone" },
    loadBalancer: annotated(["availability-zone"], setOnce),
  },
  keepFloatingIp: {
    nodePort: { by: "FloatingIp: Pulumi's retainOnDelete" },
    loadBalancer: annotated(["keep-floatingip"]),
  },
  loadbalancerProvider: {
    nodePort: { by: "LoadBalancer: loadbalancerProvider" },
    loadBalancer: { cannot: "has one for all Services, lb-provider in its cloud.conf" },
  },
  tags: {
    nodePort: { by: "LoadBalancer: tags" },
    loadBalancer: { cannot: "gives a load balancer its own tags only" },
  },
} as const satisfies Readonly<Record<keyof OctaviaOptions, OptionSupport>>;
