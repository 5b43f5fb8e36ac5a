/** The network on OpenStack that is assumed for manifests. */
import { counted } from "../../../difference/inWords.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { chosenLabels, distinctSets, labelsAmong } from "../../../manifests/chosenNodes.ts";
import type { LabelSet } from "../../../manifests/chosenNodes.ts";
import { NotComparable } from "../../../sources/eligibility.ts";
import type { Controller } from "../../cloud.ts";
import type { AssumedNetwork, NetworkSize } from "../../manifests.ts";
import { annotation, given, keyValues } from "../cloudControllerManager/annotations.ts";
import {
  defaultSettings,
  floatingNetworkOf,
  isInternal,
  memberSubnetOf,
  nodeSelectorOf,
} from "../cloudControllerManager/settings.ts";
import type { ControllerSettings, OpenStack, OpenStackClusterFacts } from "../model.ts";

const project = "manifests";
const usualSize = 3;

/** In the place of ids that no manifest tells. */
const assumed = {
  cluster: "my-cluster",
  subnet: "subnet-nodes",
  group: "group-nodes",
  firstExternalNetwork: "network-public",
};

/**
 * The nodes are in the subnet that all Services, or cloud.conf, name, and the external network is theirs. What a Service gets that names none is another one than others name:
 * manifests do not say that they are the same. The nodes have the labels by which a Service chooses its members.
 * @throws NotComparable for a number of subnets
 */
export function network(
  { nodes = usualSize, subnets: size }: NetworkSize,
  services: readonly ServiceFacts[],
  { configured }: Controller,
): AssumedNetwork<OpenStack> {
  if (size !== undefined)
    throw new NotComparable([
      `--subnets ${size} means nothing here: a load balancer of Octavia is in one subnet, and so are the nodes; leave it out`,
    ]);
  const settings = (configured as ControllerSettings | undefined) ?? defaultSettings;
  const asking = services.filter(({ type }) => type === "LoadBalancer");
  const subnets = asking.map((service) => memberSubnetOf(service, settings, assumed));
  const networks = asking
    .filter((service) => !isInternal(service, settings))
    .flatMap((service) => floatingNetworkOf(service, settings, assumed) ?? []);
  const subnet =
    oneOf(subnets, assumed.subnet) ??
    given(settings.memberSubnetId) ??
    given(settings.subnetId) ??
    assumed.subnet;
  const external =
    oneOf(networks, assumed.firstExternalNetwork) ??
    given(settings.floatingNetworkId) ??
    assumed.firstExternalNetwork;
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
      controllerSettings: settings,
      firstExternalNetwork: assumed.firstExternalNetwork,
      sharedLoadBalancers: sharedBy(asking),
    }),
    words: `Judged for ${counted(nodes, "node")} in the subnet ${subnet} and the external network ${external}, with ${configured === undefined ? "the controller's default settings" : "the settings of --controller-config"}. --nodes N sets another number${configured === undefined ? ", --controller-config FILE other settings" : ""}.${areNamedBySome(subnets, assumed.subnet) || areNamedBySome(networks, assumed.firstExternalNetwork) ? otherNetworks : ""}${hasOtherNodes(services, settings) ? otherNodes : ""}`,
  };
}

/** The one of the Services that name none, if there are any. */
const oneOf = (ids: readonly string[], unnamed: string): string | undefined =>
  ids.includes(unnamed) ? unnamed : ids[0];

const areNamedBySome = (ids: readonly string[], unnamed: string): boolean =>
  ids.includes(unnamed) && ids.some((id) => id !== unnamed);

const otherNetworks =
  " Which subnet or network a Service gets that names none is not known: it is assumed to be another one than other Services name.";

function sharedBy(services: readonly ServiceFacts[]): string[] {
  const ids = services.flatMap((service) => given(annotation(service, "load-balancer-id")) ?? []);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
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
