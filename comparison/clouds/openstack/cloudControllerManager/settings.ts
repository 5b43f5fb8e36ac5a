/** What the controller does with a Service: its annotations, and its cloud.conf for what they leave open. v1.35.0, pkg/openstack/loadbalancer.go (makeSvcConf) */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings, OpenStackClusterFacts } from "../model.ts";
import { annotation, flag, flagIn, given, integer, internalAnnotation } from "./annotations.ts";

/** pkg/openstack/openstack.go (ReadConfig) */
export const defaultSettings: ControllerSettings = {
  enabled: true,
  manageSecurityGroups: false,
  createMonitor: false,
  lbProvider: "amphora",
  internalLb: false,
  floatingNetworkId: "",
  floatingSubnetId: "",
  floatingSubnet: "",
  floatingSubnetTags: "",
  subnetId: "",
  memberSubnetId: "",
  networkId: "",
  lbMethod: octaviaDefaults.lbMethod,
  monitorDelaySeconds: octaviaDefaults.healthMonitor.delaySeconds,
  monitorTimeoutSeconds: octaviaDefaults.healthMonitor.timeoutSeconds,
  monitorMaxRetries: octaviaDefaults.healthMonitor.maxRetries,
  monitorMaxRetriesDown: octaviaDefaults.healthMonitor.maxRetriesDown,
  flavorId: "",
  availabilityZone: "",
  nodeSelector: "",
  defaultTlsContainerRef: "",
  providerRequiresSerialApiCalls: false,
  enableIngressHostname: false,
};

/** @param settings undefined if they are not known: then true only if the Service alone says so */
export const isInternal = (service: ServiceFacts, settings: ControllerSettings | undefined): boolean =>
  settings?.internalLb === true || flagIn(service, internalAnnotation, false);

/** An empty annotation wins over cloud.conf, and the controller then looks for one as well. Undefined if it is not known which one it finds. */
export const floatingNetworkOf = (
  service: ServiceFacts,
  { floatingNetworkId }: ControllerSettings,
  { firstExternalNetwork }: Pick<OpenStackClusterFacts, "firstExternalNetwork">,
): string | undefined =>
  given(annotation(service, "floating-network-id") ?? floatingNetworkId) ?? firstExternalNetwork;

/** getSubnetID */
export const vipSubnetOf = (
  service: ServiceFacts,
  { subnetId }: ControllerSettings,
  { subnet }: Pick<OpenStackClusterFacts, "subnet">,
): string => given(annotation(service, "subnet-id")) ?? given(subnetId) ?? subnet;

/** checkService, getMemberSubnetID: the annotation subnet-id moves the members only if cloud.conf has no subnet-id. */
export const memberSubnetOf = (
  service: ServiceFacts,
  settings: ControllerSettings,
  cluster: Pick<OpenStackClusterFacts, "subnet">,
): string =>
  given(annotation(service, "member-subnet-id")) ??
  given(settings.memberSubnetId) ??
  given(settings.subnetId) ??
  vipSubnetOf(service, settings, cluster);

export const addsForwardedFor = (service: ServiceFacts): boolean => flag(service, "x-forwarded-for", false);

/** getProxyProtocolFromServiceAnnotation */
export function proxyProtocolOf(service: ServiceFacts): "PROXY" | "PROXYV2" | undefined {
  const value = annotation(service, "proxy-protocol") ?? "";
  const versions: Readonly<Record<string, "PROXY" | "PROXYV2">> = {
    true: "PROXY",
    v1: "PROXY",
    v2: "PROXYV2",
  };
  return Object.hasOwn(versions, value) ? versions[value] : undefined;
}

/** In the place of settings that are not known, their defaults: whoever asks without them does not say what is made. */
type Known = ControllerSettings | undefined;

export const lbMethodOf = (service: ServiceFacts, settings: Known): string =>
  given(annotation(service, "lb-method")) ?? (settings ?? defaultSettings).lbMethod;

/** Where an annotation wins even if it is empty. getStringFromServiceAnnotation, getKeyValueFromServiceAnnotation */
export const flavorOf = (service: ServiceFacts, settings: Known): string =>
  annotation(service, "flavor-id") ?? (settings ?? defaultSettings).flavorId;

export const availabilityZoneOf = (service: ServiceFacts, settings: Known): string =>
  annotation(service, "availability-zone") ?? (settings ?? defaultSettings).availabilityZone;

export const nodeSelectorOf = (service: ServiceFacts, settings: Known): string =>
  annotation(service, "node-selector") ?? (settings ?? defaultSettings).nodeSelector;

export const tlsContainerRefOf = (service: ServiceFacts, settings: Known): string =>
  annotation(service, "default-tls-container-ref") ?? (settings ?? defaultSettings).defaultTlsContainerRef;

/** @param settings undefined if they are not known: then true only if the Service alone says so */
export const isMonitored = (service: ServiceFacts, settings: ControllerSettings | undefined): boolean =>
  flag(service, "enable-health-monitor", settings?.createMonitor ?? false);

/** @param settings as in `isMonitored` */
export const isUnmonitored = (service: ServiceFacts, settings: ControllerSettings | undefined): boolean =>
  !flag(service, "enable-health-monitor", settings?.createMonitor ?? true);

/** Of a member's own port. buildMonitorCreateOpts */
export const monitorType = (protocol: string): string => (protocol === "UDP" ? "UDP-CONNECT" : protocol);

export function monitorTimingOf(service: ServiceFacts, settings: Known) {
  const { monitorDelaySeconds, monitorTimeoutSeconds, monitorMaxRetries } = settings ?? defaultSettings;
  return {
    intervalSeconds: integer(service, "health-monitor-delay", monitorDelaySeconds),
    timeoutSeconds: integer(service, "health-monitor-timeout", monitorTimeoutSeconds),
    healthyThresholdCount: integer(service, "health-monitor-max-retries", monitorMaxRetries),
    // The controller's client leaves 0 out, and Octavia then takes its default: gophercloud v2.8.0, monitors/requests.go (CreateOpts), octavia/common/constants.py.
    unhealthyThresholdCount:
      maxRetriesDownOf(service, settings) || octaviaDefaults.healthMonitor.maxRetriesDown,
  };
}

/** As asked for. */
export const maxRetriesDownOf = (service: ServiceFacts, settings: Known): number =>
  integer(service, "health-monitor-max-retries-down", (settings ?? defaultSettings).monitorMaxRetriesDown);

export function timeoutsOf(service: ServiceFacts) {
  const { timeouts } = octaviaDefaults;
  return {
    clientData: integer(service, "timeout-client-data", timeouts.clientDataMilliseconds),
    memberConnect: integer(service, "timeout-member-connect", timeouts.memberConnectMilliseconds),
    memberData: integer(service, "timeout-member-data", timeouts.memberDataMilliseconds),
    tcpInspect: integer(service, "timeout-tcp-inspect", timeouts.tcpInspectMilliseconds),
  };
}

/** Where the monitors ask kube-proxy: only under the policy Local. Undefined if they connect to the node ports. */
export function healthCheckNodePortOf(
  service: ServiceFacts,
  settings: ControllerSettings | undefined,
): NodePort | undefined {
  return isMonitored(service, settings) && service.externalTrafficPolicy === "Local"
    ? service.healthCheckNodePort
    : undefined;
}
