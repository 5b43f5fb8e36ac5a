/**
 * The options as annotations for the OpenStack cloud controller manager. Where an annotation wins over its cloud.conf, it is always written, empty if the option is not given
 * (getStringFromServiceAnnotation). What stays that file's: enabled, internal-lb, lb-provider, manage-security-groups, provider-requires-serial-api-calls,
 * enable-ingress-hostname, and the networks and subnets. Source: kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go (checkService, makeSvcConf)
 */
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { octaviaDefaults } from "./defaults.ts";
import { resolvedMonitor } from "./healthMonitor.ts";
import type { ClientAddress, OctaviaOptions } from "./options.ts";

const prefix = "loadbalancer.openstack.org";

const proxyVersions: Readonly<Record<ClientAddress, string | undefined>> = {
  PROXY: "v1",
  PROXYV2: "v2",
  "X-Forwarded-For": undefined,
};

export function octaviaAnnotations(options: OctaviaOptions): Record<string, string> {
  const { clientAddress, timeouts = {} } = options;
  const monitor = resolvedMonitor(options);
  const given = {
    "lb-method": options.lbMethod ?? octaviaDefaults.lbMethod,
    "enable-health-monitor": monitor !== undefined,
    "health-monitor-delay": monitor?.delaySeconds,
    "health-monitor-timeout": monitor?.timeoutSeconds,
    "health-monitor-max-retries": monitor?.maxRetries,
    "health-monitor-max-retries-down": monitor?.maxRetriesDown,
    "proxy-protocol": clientAddress === undefined ? undefined : proxyVersions[clientAddress],
    "x-forwarded-for": clientAddress === "X-Forwarded-For" ? true : undefined,
    "connection-limit": options.connectionLimit,
    "timeout-client-data": timeouts.clientDataMilliseconds,
    "timeout-member-connect": timeouts.memberConnectMilliseconds,
    "timeout-member-data": timeouts.memberDataMilliseconds,
    "timeout-tcp-inspect": timeouts.tcpInspectMilliseconds,
    "flavor-id": options.flavorId ?? "",
    "availability-zone": options.availabilityZone ?? "",
    // All nodes are members, and TLS passes through.
    "node-selector": "",
    "default-tls-container-ref": "",
    "keep-floatingip": options.keepFloatingIp,
  };
  return {
    ...(options.scheme === "internal"
      ? { "service.beta.kubernetes.io/openstack-internal-load-balancer": "true" }
      : {}),
    ...Object.fromEntries(
      Object.entries(withoutUndefined(given)).map(([name, value]) => [`${prefix}/${name}`, String(value)]),
    ),
  };
}
