/**
 * The keys of cloud.conf, with the types of their values. Keys and defaults: kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/openstack.go (Config, ReadConfig),
 * pkg/client/client.go (AuthOpts), pkg/util/metadata/metadata.go (Opts).
 */
import type { Keys } from "../../../../gcfg/read.ts";
import type { Type } from "../../../../gcfg/types.ts";
import type { ControllerSettings } from "../../model.ts";

/** Those that decide what a Service gets, in the section LoadBalancer. */
export const settingKeys: Readonly<Record<keyof ControllerSettings, readonly [key: string, type: Type]>> = {
  enabled: ["enabled", "bool"],
  manageSecurityGroups: ["manage-security-groups", "bool"],
  createMonitor: ["create-monitor", "bool"],
  lbProvider: ["lb-provider", "text"],
  internalLb: ["internal-lb", "bool"],
  floatingNetworkId: ["floating-network-id", "text"],
  floatingSubnetId: ["floating-subnet-id", "text"],
  floatingSubnet: ["floating-subnet", "text"],
  floatingSubnetTags: ["floating-subnet-tags", "text"],
  subnetId: ["subnet-id", "text"],
  memberSubnetId: ["member-subnet-id", "text"],
  networkId: ["network-id", "text"],
  lbMethod: ["lb-method", "text"],
  monitorDelaySeconds: ["monitor-delay", "duration"],
  monitorTimeoutSeconds: ["monitor-timeout", "duration"],
  monitorMaxRetries: ["monitor-max-retries", "count"],
  monitorMaxRetriesDown: ["monitor-max-retries-down", "count"],
  flavorId: ["flavor-id", "text"],
  availabilityZone: ["availability-zone", "text"],
  nodeSelector: ["node-selector", "text"],
  defaultTlsContainerRef: ["default-tls-container-ref", "text"],
  providerRequiresSerialApiCalls: ["provider-requires-serial-api-calls", "bool"],
  enableIngressHostname: ["enable-ingress-hostname", "bool"],
};

const texts = (...names: readonly string[]): Record<string, Type> =>
  Object.fromEntries(names.map((name) => [name, "text"]));

export const keys: Keys = {
  named: new Set(["LoadBalancerClass"]),
  // Cinder's CSI driver and the KMS plug-in of Barbican read the same file.
  ofOthers: ["BlockStorage", "KeyManager"],
  sections: {
    Global: {
      ...texts("auth-url", "user-id", "username", "password", "tenant-id", "tenant-name"),
      ...texts("trust-id", "trustee-id", "trustee-password", "domain-id", "domain-name"),
      ...texts("tenant-domain-id", "tenant-domain-name", "user-domain-id", "user-domain-name"),
      ...texts("region", "os-endpoint-type", "ca-file", "cafilecontents", "tls-insecure", "token"),
      ...texts("cert-file", "key-file", "clouds-file", "cloud"),
      ...texts("application-credential-id", "application-credential-name", "application-credential-secret"),
      "use-clouds": "bool",
    },
    LoadBalancer: {
      ...Object.fromEntries(Object.values(settingKeys)),
      // The controller does not start with another one: openstack.go (LoadBalancer).
      "lb-version": ["v2"],
      "cascade-delete": "bool",
      "ingress-hostname-suffix": "text",
      "max-shared-lb": "number",
      "container-store": "text",
    },
    LoadBalancerClass: texts(
      "floating-network-id",
      "floating-subnet-id",
      "floating-subnet",
      "floating-subnet-tags",
      "network-id",
      "subnet-id",
      "member-subnet-id",
    ),
    Route: texts("router-id"),
    Metadata: { "search-order": "text", "request-timeout": "duration" },
    Networking: {
      "ipv6-support-disabled": "bool",
      "public-network-name": "list",
      "internal-network-name": "list",
      "address-sort-order": "text",
    },
  },
};
