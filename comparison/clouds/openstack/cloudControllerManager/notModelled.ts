/** Why nothing says what the controller makes, although it serves the Service. v1.35.0, pkg/openstack/loadbalancer.go (checkService, makeSvcConf) */
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings, OpenStackClusterFacts } from "../model.ts";
import { annotation, given, prefix } from "./annotations.ts";
import type { AnnotationName } from "./annotations.ts";
import {
  floatingNetworkOf,
  isInternal,
  lbMethodOf,
  memberSubnetOf,
  proxyProtocolOf,
  tlsContainerRefOf,
} from "./settings.ts";

/**
 * Undefined if the model says what the controller makes.
 * @param cluster undefined if it is not known: then only what the Service alone tells
 */
export function whyNotModelled(
  service: ServiceFacts,
  cluster: OpenStackClusterFacts | undefined,
): string | undefined {
  const alone = byService(service, cluster?.controllerSettings);
  if (alone !== undefined || cluster === undefined) return alone;
  const { controllerSettings: settings } = cluster;
  if (settings === undefined) return settingsNotKnown;
  return (
    bySharing(service, cluster) ?? bySettings(service, settings) ?? byNetwork(service, settings, cluster)
  );
}

export const settingsNotKnown =
  "the controller's cloud.conf is not known, and it decides what no annotation can, such as whether every load balancer is internal";

const subnetOfFloatingIp = "which addresses its subnet of the floating network has is not modelled";

/** Annotations with which it makes something that depends on more than the Service and the assumed network. */
const annotationsWithout: Readonly<Partial<Record<AnnotationName, string>>> = {
  class: "its settings are in the controller's cloud.conf",
  "default-tls-container-ref": "it ends TLS with a certificate of Barbican, which is not modelled",
  "port-id": "the address is that of a port in Neutron",
  "network-id": "Neutron chooses the subnet",
};

const ofFloatingIps = ["floating-subnet-id", "floating-subnet", "floating-subnet-tags"] as const;

function byService(service: ServiceFacts, settings: ControllerSettings | undefined): string | undefined {
  const has = (name: AnnotationName): boolean => given(annotation(service, name)) !== undefined;
  const reasons = {
    ...annotationsWithout,
    ...(isInternal(service, settings)
      ? {}
      : Object.fromEntries(ofFloatingIps.map((name) => [name, subnetOfFloatingIp]))),
  };
  const used = (Object.keys(reasons) as AnnotationName[]).find(has);
  if (used !== undefined)
    return `the annotation ${prefix}${used} is set, and there is no model of it: ${reasons[used] ?? ""}`;
  if (has("load-balancer-id") && annotation(service, "load-balancer-address") === undefined)
    return `the annotation ${prefix}load-balancer-id names a load balancer that others made or that Services share, and there is no model of it`;
  if (service.ipFamilies[0] === "IPv6") return "the load balancer has an IPv6 address, which is not modelled";
  return undefined;
}

/** Whoever comes second adds its listeners, and is refused a port that the first one has. */
function bySharing(service: ServiceFacts, { sharedLoadBalancers = [] }: OpenStackClusterFacts) {
  const id = annotation(service, "load-balancer-id") ?? "";
  return sharedLoadBalancers.includes(id)
    ? `several Services have the annotation ${prefix}load-balancer-id: ${id}, and there is no model of a load balancer that Services share`
    : undefined;
}

/** Two names of one driver, which is the default as well. octavia 19.0.0, setup.cfg (octavia.api.drivers), octavia/common/config.py (default_provider_driver) */
const amphorae = ["amphora", "octavia", ""];

/** By their names in cloud.conf. */
function bySettings(service: ServiceFacts, settings: ControllerSettings): string | undefined {
  const external = !isInternal(service, settings);
  const renames =
    settings.enableIngressHostname &&
    proxyProtocolOf(service) !== undefined &&
    given(annotation(service, "hostname")) === undefined;
  const without: readonly (readonly [string, boolean, string])[] = [
    [
      "lb-provider=ovn",
      settings.lbProvider === "ovn",
      "its listeners have no allowed CIDRs, time-outs or flavors, and no monitor asks kube-proxy",
    ],
    [
      "default-tls-container-ref",
      given(tlsContainerRefOf(service, settings)) !== undefined,
      "it ends TLS with a certificate of Barbican",
    ],
    [
      `lb-provider=${settings.lbProvider}`,
      amphorae.includes(settings.lbProvider) && lbMethodOf(service, settings) === "SOURCE_IP_PORT",
      "it refuses a new pool with the lb-method SOURCE_IP_PORT, and takes another method for one that comes with a new load balancer (octavia/api/drivers/amphora_driver/v2/driver.py)",
    ],
    ["network-id", settings.networkId !== "", "Neutron chooses the subnet"],
    ["floating-subnet-id", external && settings.floatingSubnetId !== "", subnetOfFloatingIp],
    ["floating-subnet", external && settings.floatingSubnet !== "", subnetOfFloatingIp],
    ["floating-subnet-tags", external && settings.floatingSubnetTags !== "", subnetOfFloatingIp],
    [
      "provider-requires-serial-api-calls=true",
      settings.providerRequiresSerialApiCalls,
      "its members have neither a subnet nor a port for health checks",
    ],
    ["enable-ingress-hostname=true", renames, "the Service gets a name in the place of the address"],
  ];
  const found = without.find(([, applies]) => applies);
  return found && `the controller's cloud.conf has ${found[0]}, and there is no model of it: ${found[2]}`;
}

function byNetwork(
  service: ServiceFacts,
  settings: ControllerSettings,
  cluster: OpenStackClusterFacts,
): string | undefined {
  if (!isInternal(service, settings) && floatingNetworkOf(service, settings, cluster) === undefined)
    return "neither an annotation nor the controller's cloud.conf names the floating network, so the controller takes the first external network that Neutron lists; write floating-network-id there (here: floatingNetworkId in controllerSettings)";
  const subnet = memberSubnetOf(service, settings, cluster);
  return subnet === cluster.subnet
    ? undefined
    : `the members are in the subnet ${subnet}, not in that of the nodes, ${cluster.subnet}: its addresses, which may reach the node ports, are not known`;
}
