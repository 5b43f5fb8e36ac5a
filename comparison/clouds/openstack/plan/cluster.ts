/** A plan's assumed cluster: only what is known before an update; and the cluster as a running program knows it. */
import type { ClusterNetwork } from "../../../../components/openstack/clusterNetwork.ts";
import type { NodeFacts } from "../../../model/cluster.ts";
import type { AssumedNode, StackConfiguration } from "../../../plan/configuration.ts";
import { defaultSettings } from "../cloudControllerManager/settings.ts";
import type { ControllerSettings, OpenStackClusterFacts } from "../model.ts";

/** For values that the program did not request from the cloud. */
const notAsked = "not asked";

/** All nodes are in one subnet. If the configuration names the network's objects, it uses those. */
export function assumedCluster(
  { project, values }: StackConfiguration,
  nodes: readonly AssumedNode[],
): OpenStackClusterFacts {
  const value = (key: string, assumed: string): string => {
    const given = values[`${project}:${key}`] ?? "";
    return given === "" ? assumed : given;
  };
  const floatingNetwork = value("floatingNetworkId", "network-public");
  const settings = settingsIn(values[`${project}:controllerSettings`]);
  const assumed =
    nodes.length > 0 ? nodes : [1, 2, 3].map((number) => ({ name: `node-${number}`, zone: "nova" }));
  return {
    name: value("clusterName", ""),
    nodes: assumed.map(({ name, zone }, index) => nodeFacts(name, zone, `10.0.0.${11 + index}`)),
    subnet: value("subnetId", "subnet-nodes"),
    subnetCidr: "10.0.0.0/24",
    nodeSecurityGroups: [value("securityGroupId", "group-nodes")],
    // A plan asks no cloud for the name.
    floatingNetwork: { id: floatingNetwork, name: `name of ${floatingNetwork}` },
    controllerSettings: settings,
  };
}

function nodeFacts(name: string, zone: string, address: string): NodeFacts {
  return { name, instanceId: name, zone, address, ready: true };
}

/** The program refuses other values. */
function settingsIn(json: string | undefined): ControllerSettings {
  try {
    return { ...defaultSettings, ...(JSON.parse(json ?? "{}") as Partial<ControllerSettings>) };
  } catch {
    return defaultSettings;
  }
}

/** The cluster, as a running program knows it from its network. */
export function clusterOf(
  name: string,
  { subnetId, subnetCidr, nodeSecurityGroupId, nodes, floatingNetwork }: ClusterNetwork,
  controllerSettings: ControllerSettings,
): OpenStackClusterFacts {
  return {
    name,
    nodes: nodes.map((node) => nodeFacts(node.name, notAsked, node.address)),
    subnet: subnetId,
    subnetCidr,
    nodeSecurityGroups: [nodeSecurityGroupId],
    ...(floatingNetwork === undefined ? {} : { floatingNetwork }),
    controllerSettings,
  };
}
