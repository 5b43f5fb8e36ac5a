import * as v from "valibot";
import { defaultSettings } from "../../../comparison/clouds/openstack/cloudControllerManager/settings.ts";
import type {
  ControllerSettings,
  SettingsWithoutAnnotation,
} from "../../../comparison/clouds/openstack/model.ts";
import { octaviaDefaults } from "../../../components/openstack/defaults.ts";
import { loadBalancerProblems, nodePortProblems } from "../../../components/openstack/restrictions.ts";
import type { KnownNetwork, OctaviaOptions } from "../../../components/openstack/index.ts";
import type { Problem } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import { bothWays } from "../cloud.ts";
import type { ProgramCloud, Way } from "../cloud.ts";

const healthMonitor = v.strictObject({
  delaySeconds: v.optional(v.number()),
  timeoutSeconds: v.optional(v.number()),
  maxRetries: v.optional(v.number()),
  maxRetriesDown: v.optional(v.number()),
});

/** What the controller's cloud.conf says of it. */
const controllerSettings = v.strictObject({
  enabled: v.optional(v.boolean(), defaultSettings.enabled),
  manageSecurityGroups: v.optional(v.boolean(), defaultSettings.manageSecurityGroups),
  createMonitor: v.optional(v.boolean(), defaultSettings.createMonitor),
  lbProvider: v.optional(v.string(), defaultSettings.lbProvider),
  internalLb: v.optional(v.boolean(), defaultSettings.internalLb),
  floatingNetworkId: v.optional(v.string(), defaultSettings.floatingNetworkId),
  floatingSubnetId: v.optional(v.string(), defaultSettings.floatingSubnetId),
  floatingSubnet: v.optional(v.string(), defaultSettings.floatingSubnet),
  floatingSubnetTags: v.optional(v.string(), defaultSettings.floatingSubnetTags),
  subnetId: v.optional(v.string(), defaultSettings.subnetId),
  memberSubnetId: v.optional(v.string(), defaultSettings.memberSubnetId),
  networkId: v.optional(v.string(), defaultSettings.networkId),
  providerRequiresSerialApiCalls: v.optional(v.boolean(), defaultSettings.providerRequiresSerialApiCalls),
  enableIngressHostname: v.optional(v.boolean(), defaultSettings.enableIngressHostname),
} satisfies Record<Exclude<keyof ControllerSettings, keyof SettingsWithoutAnnotation>, unknown>);

const noClientAddress = "none";

const keys = {
  subnetId: v.optional(v.string(), ""),
  securityGroupId: v.optional(v.string(), ""),
  floatingNetworkId: v.optional(v.string(), ""),
  healthMonitor: v.optional(healthMonitor, {}),
  lbMethod: v.optional(
    v.picklist(["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"]),
    octaviaDefaults.lbMethod,
  ),
  clientAddress: v.optional(
    v.picklist([noClientAddress, "PROXY", "PROXYV2", "X-Forwarded-For"]),
    noClientAddress,
  ),
  flavorId: v.optional(v.string(), ""),
  availabilityZone: v.optional(v.string(), ""),
  keepFloatingIp: v.optional(v.boolean(), false),
  controllerSettings: v.optional(controllerSettings, {}),
};

const ownValues = v.object(keys);

/** The settings that only OpenStack has. */
export interface OpenStackSettings {
  readonly network: KnownNetwork;
  /** Of both ways. */
  readonly options: Partial<OctaviaOptions>;
  readonly controllerSettings: ControllerSettings;
}

function ownSettings(values: unknown): OpenStackSettings {
  const own = v.parse(ownValues, values);
  const { clientAddress } = own;
  return {
    network: {
      subnetId: own.subnetId,
      nodeSecurityGroupId: own.securityGroupId,
      ...withoutUndefined({ floatingNetworkId: nonEmpty(own.floatingNetworkId) }),
    },
    options: {
      healthMonitor: withoutUndefined(own.healthMonitor),
      lbMethod: own.lbMethod,
      keepFloatingIp: own.keepFloatingIp,
      ...withoutUndefined({
        clientAddress: clientAddress === noClientAddress ? undefined : clientAddress,
        flavorId: nonEmpty(own.flavorId),
        availabilityZone: nonEmpty(own.availabilityZone),
      }),
    },
    controllerSettings: { ...defaultSettings, ...own.controllerSettings },
  };
}

const nonEmpty = (text: string): string | undefined => (text === "" ? undefined : text);

function networkProblems({ network }: OpenStackSettings, scheme: string | undefined): Problem[] {
  const needed = {
    subnetId: network.subnetId,
    securityGroupId: network.nodeSecurityGroupId,
    ...(scheme === "internal" ? {} : { floatingNetworkId: network.floatingNetworkId ?? "" }),
  };
  return Object.entries(needed).flatMap(([propertyPath, value]) =>
    value === ""
      ? [
          {
            propertyPath,
            reason: `it is missing; set it to the id that OpenStack has for it (${lists[propertyPath] ?? ""})`,
          },
        ]
      : [],
  );
}

/** The commands that list the ids. */
const lists: Readonly<Record<string, string>> = {
  subnetId: "openstack subnet list",
  securityGroupId: "openstack security group list",
  floatingNetworkId: 'openstack network list --external; or set scheme to "internal"',
};

export const openstack: ProgramCloud = {
  keys,
  portKeys: {},
  textKeys: [
    "availabilityZone",
    "clientAddress",
    "flavorId",
    "floatingNetworkId",
    "lbMethod",
    "securityGroupId",
    "subnetId",
  ],
  defaults: {
    subnetId: "",
    securityGroupId: "",
    floatingNetworkId: "",
    healthMonitor: {},
    lbMethod: octaviaDefaults.lbMethod,
    clientAddress: noClientAddress,
    flavorId: "",
    availabilityZone: "",
    keepFloatingIp: false,
    controllerSettings: {},
  } satisfies Record<keyof typeof keys, unknown>,
  settings({ clusterName, exposure, ports }, values) {
    const own = ownSettings(values);
    const options = (way: Way): OctaviaOptions => ({ ...exposure[way], ...own.options });
    return {
      own,
      ways: bothWays,
      samePods: false,
      problems: {
        nodePort: nodePortProblems(
          { ...options("nodePort"), loadbalancerProvider: own.controllerSettings.lbProvider },
          ports.nodePort,
        ),
        loadBalancer: loadBalancerProblems(options("loadBalancer"), ports.loadBalancer),
        own: networkProblems(own, exposure.nodePort.scheme),
      },
      connect: async () => (await import("./connection.ts")).connect(clusterName, own),
    };
  },
};
