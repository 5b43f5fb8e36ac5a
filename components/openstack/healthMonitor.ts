/** The health monitors of the pools. */
import type { Protocol } from "../core/exposure.ts";
import { octaviaDefaults } from "./defaults.ts";
import type { HealthMonitor, OctaviaOptions } from "./options.ts";

/** With all defaults applied; undefined if there is none. */
export function resolvedMonitor({
  healthMonitor = {},
}: Pick<OctaviaOptions, "healthMonitor">): Required<HealthMonitor> | undefined {
  return healthMonitor === false ? undefined : { ...octaviaDefaults.healthMonitor, ...healthMonitor };
}

/** Of a pool, in Octavia's words. */
export type MonitorTarget =
  | { readonly type: "TCP" | "UDP-CONNECT" }
  | {
      readonly type: "HTTP";
      readonly urlPath: string;
      readonly httpMethod: string;
      readonly expectedCodes: string;
    };

/**
 * What the check of a port asks. kube-proxy's answer on the port for health checks counts for UDP as well, which Octavia has since its API 2.16.
 * kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go (buildMonitorCreateOpts)
 */
export function monitorTarget(protocol: Protocol, healthCheckNodePort: number | undefined): MonitorTarget {
  if (healthCheckNodePort !== undefined)
    return { type: "HTTP", urlPath: "/healthz", httpMethod: "GET", expectedCodes: "200" };
  return { type: protocol === "UDP" ? "UDP-CONNECT" : "TCP" };
}
