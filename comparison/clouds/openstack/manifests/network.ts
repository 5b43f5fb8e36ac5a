/** The network on OpenStack that is assumed for manifests. */
import type { ServiceFacts } from "../../../model/service.ts";
import { chosenLabels, distinctSets, labelsAmong } from "../../../manifests/chosenNodes.ts";
import type { LabelSet } from "../../../manifests/chosenNodes.ts";
import { NotComparable } from "../../../sources/eligibility.ts";
import type { Controller } from "../../cloud.ts";
import type { AssumedNetwork, NetworkSize } from "../../manifests.ts";
import { annotation, given, keyValues } from "../cloudControllerManager/annotations.ts";
import type { AnnotationName } from "../cloudControllerManager/annotations.ts";
import { defaultSettings, nodeSelectorOf } from "../cloudControllerManager/settings.ts";
import type { ControllerSettings, OpenStack, OpenStackClusterFacts } from "../model.ts";

const project = "manifests";
const usualSize = 3;

/** In the place of ids that no manifest tells. */
const assumed = {
  cluster: "my-cluster",
  subnet: "subnet-nodes",
  group: "group-nodes",
  external: "network-public",
};

/**
 * The nodes are in the subnet that a Service or cloud.conf names, and there is one external network: that one. The nodes have the labels by which a Service chooses its members.
 * @throws NotComparable for a number of subnets
 */
export function network(
  { nodes = usualSize, subnets }: NetworkSize,
  services: readonly ServiceFacts[],
  { configured }: Controller,
): AssumedNetwork<OpenStack> {
  if (subnets !== undefined)
    throw new NotComparable([
      `--subnets ${subnets} means nothing here: a load balancer of Octavia is in one subnet, and so are the nodes; leave it out`,
    ]);
  const settings = (configured as ControllerSettings | undefined) ?? defaultSettings;
  const named = (...names: readonly AnnotationName[]): string | undefined =>
    names
      .flatMap((name) => services.map((service) => given(annotation(service, name))))
      .find((id) => id !== undefined);
  const subnet =
    named("member-subnet-id") ??
    given(settings.memberSubnetId) ??
    given(settings.subnetId) ??
    named("subnet-id") ??
    assumed.subnet;
  const external = named("floating-network-id") ?? given(settings.floatingNetworkId) ?? assumed.external;
  return {
    configuration: {
      project,
      stack: "assumed",
      values: {
        [`${project}:cloud`]: "openstack",
        [`${project}:clusterName`]: assumed.cluster,
        [`${project}:subnetId`]: subnet,
        [`${project}:securityGroupId`]: assumed.group,
        [`${project}:floatingNetworkId`]: external,
      },
    },
    cluster: (cluster) => ({
      ...cluster,
      nodes: numbered(cluster, nodes, services, settings),
      // Without a name, the controller takes the first external network that it finds.
      controllerSettings: { ...settings, floatingNetworkId: given(settings.floatingNetworkId) ?? external },
    }),
    words: `Judged for ${nodes} nodes in the subnet ${subnet} and the external network ${external}, with ${configured === undefined ? "the controller's default settings" : "the settings of --controller-config"}. --nodes N sets another number${configured === undefined ? ", --controller-config FILE other settings" : ""}.${hasOtherNodes(services, settings) ? otherNodes : ""}`,
  };
}

const otherNodes =
  " Which nodes have the labels of node-selector is not known: Services that ask for other labels are assumed to get other nodes.";

/** As many as there should be, with labels. */
function numbered(
  { nodes: [first] }: OpenStackClusterFacts,
  count: number,
  services: readonly ServiceFacts[],
  settings: ControllerSettings,
): OpenStackClusterFacts["nodes"] {
  const labels = chosenLabels(services.map((service) => wantedLabels(service, settings)));
  if (first === undefined) return [];
  return Array.from({ length: count }, (_, index) => ({
    ...first,
    name: `node-${index + 1}`,
    instanceId: `node-${index + 1}`,
    address: `10.0.0.${11 + index}`,
    labels: labels(index),
  }));
}

const wantedLabels = (service: ServiceFacts, settings: ControllerSettings): LabelSet =>
  labelsAmong(keyValues(nodeSelectorOf(service, settings)));

const hasOtherNodes = (services: readonly ServiceFacts[], settings: ControllerSettings): boolean =>
  distinctSets(services.map((service) => wantedLabels(service, settings))).length > 1;

export const openedByOthers = ({ controllerSettings }: OpenStackClusterFacts): string | undefined =>
  controllerSettings?.manageSecurityGroups === true
    ? undefined
    : "The controller opens nothing on the nodes, since manage-security-groups is false in its cloud.conf: nothing is answered unless somebody else lets the load balancer in to the node ports.";
