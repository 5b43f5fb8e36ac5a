/** The model of a load balancer, its firewall and its cluster on OpenStack, in the terms of the APIs of Octavia and Neutron. */
import type { ClusterFacts } from "../../model/cluster.ts";
import type { CloudFacts, Facts } from "../../model/exposure.ts";
import type { OpeningFacts } from "../../model/firewall.ts";
import type { NodePort } from "../../model/later.ts";
import type { ListenerFacts, LoadBalancerFacts, MemberFacts, PoolFacts } from "../../model/loadBalancer.ts";

/** https://docs.openstack.org/api-ref/load-balancer/v2/#listeners */
export interface OctaviaListenerFacts extends ListenerFacts {
  /** Octavia's `admin_state_up`: whether it takes connections at all. */
  readonly isOn: boolean;
  /** -1 is no limit. */
  readonly connectionLimit: number;
  readonly allowedCidrs: readonly string[];
  /** In milliseconds, by Octavia's names. */
  readonly timeouts: Readonly<Record<"clientData" | "memberConnect" | "memberData" | "tcpInspect", number>>;
  readonly insertHeaders: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** Named by its address. https://docs.openstack.org/api-ref/load-balancer/v2/#members */
export interface OctaviaMemberFacts extends MemberFacts {
  readonly isOn: boolean;
  /** How many connections it gets in proportion to the others'; none at 0. */
  readonly weight: number;
  /** Whether it takes traffic only where the others do not. */
  readonly isBackup: boolean;
  readonly monitorPort: "traffic-port" | NodePort;
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#pools */
export interface OctaviaPoolFacts extends PoolFacts {
  readonly isOn: boolean;
  readonly members: readonly OctaviaMemberFacts[];
  readonly lbMethod: string;
  /** The type of the session persistence, or `none`. */
  readonly sessionPersistence: string;
  readonly memberSubnet: string;
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#load-balancers */
export interface OctaviaFacts extends LoadBalancerFacts {
  /** Octavia's provider driver. */
  readonly provider: string;
  readonly vipSubnet: string;
  /** The network that the floating IP is from, or `none`. */
  readonly floatingNetwork: string;
  /** `default` for the provider's own. */
  readonly flavor: string;
  /** `default` for the cloud's own. */
  readonly availabilityZone: string;
  readonly tags: readonly string[];
  readonly listeners: readonly OctaviaListenerFacts[];
  readonly pools: readonly OctaviaPoolFacts[];
}

/** Of a rule without a protocol. */
export const anyProtocol = "any";

/** A rule of a security group that lets traffic in to the nodes. https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules */
export interface RuleFacts extends OpeningFacts {
  readonly securityGroup: string;
  /** Such as `tcp` and `udp`, or {@link anyProtocol}. */
  readonly protocol: string;
  readonly fromPort: NodePort;
  readonly toPort: NodePort;
  readonly source: string;
}

/** Settings for Services without an annotation of the same name. `LoadBalancerExposure` writes all of these annotations. */
export interface SettingsWithoutAnnotation {
  readonly lbMethod: string;
  readonly monitorDelaySeconds: number;
  readonly monitorTimeoutSeconds: number;
  readonly monitorMaxRetries: number;
  readonly monitorMaxRetriesDown: number;
  readonly flavorId: string;
  readonly availabilityZone: string;
  readonly nodeSelector: string;
  readonly defaultTlsContainerRef: string;
}

/**
 * What the section LoadBalancer of the controller's cloud.conf says, by the names there, as far as it decides what a Service gets. A text is empty if the file has none.
 * kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/openstack.go (LoadBalancerOpts)
 */
export interface ControllerSettings extends SettingsWithoutAnnotation {
  /** Whether it serves Services at all. */
  readonly enabled: boolean;
  readonly manageSecurityGroups: boolean;
  /** Where no annotation says whether there is a health monitor. */
  readonly createMonitor: boolean;
  readonly lbProvider: string;
  /** Makes every load balancer internal, whatever the Service says. */
  readonly internalLb: boolean;
  /** Where no annotation names one. Without both, the controller looks for one. */
  readonly floatingNetworkId: string;
  readonly floatingSubnetId: string;
  readonly floatingSubnet: string;
  readonly floatingSubnetTags: string;
  /** Of the load balancer, where no annotation names one; and of the members, whatever that annotation says. */
  readonly subnetId: string;
  /** Of the members, where no annotation names one. */
  readonly memberSubnetId: string;
  readonly networkId: string;
  readonly providerRequiresSerialApiCalls: boolean;
  readonly enableIngressHostname: boolean;
}

export interface OpenStackClusterFacts extends ClusterFacts {
  /** The nodes' subnet. */
  readonly subnet: string;
  readonly subnetCidr: string;
  /** Ids of the groups that all nodes' ports have, but for those that the controller makes for Services. */
  readonly nodeSecurityGroups: readonly string[];
  /** Undefined if there is none. */
  readonly floatingNetwork?: { readonly id: string; readonly name: string };
  /** The external network that Neutron lists first: what the controller takes if nothing names one. @default not known */
  readonly firstExternalNetwork?: string;
  /** Ids of load balancers that several Services name. @default none, or not known */
  readonly sharedLoadBalancers?: readonly string[];
  /** @default not known: then nothing says what the controller makes */
  readonly controllerSettings?: ControllerSettings;
}

export interface OpenStack extends CloudFacts {
  readonly cluster: OpenStackClusterFacts;
  readonly loadBalancer: OctaviaFacts;
  readonly opening: RuleFacts;
}

export type OpenStackFacts = Facts<OpenStack>;
