/** The network on AWS that is assumed for manifests. */
import { isIPv4 } from "node:net";
import { networksOf } from "../../../addresses.ts";
import { counted } from "../../../difference/inWords.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { chosenLabels, distinctSets, labelsAmong } from "../../../manifests/chosenNodes.ts";
import type { LabelSet } from "../../../manifests/chosenNodes.ts";
import type { AssumedNetwork, NetworkSize } from "../../manifests.ts";
import { annotation, keyValues } from "../cloudControllerManager/annotations.ts";
import { annotationNames } from "../loadBalancerController/annotations.ts";
import type { Aws, AwsClusterFacts } from "../model.ts";

const usualSize = 3;

/** A cluster of this name, which no manifest tells. */
export const clusterName = "my-cluster";

/**
 * Subnets that an annotation names, by id or by their tag Name, exist, each in a zone of its own, and have the addresses that another one names. So do as many subnets as an annotation has addresses: a list that fits
 * no subnets at all is refused, but how many there are is not in a manifest. The nodes have the labels by which a Service chooses its targets.
 */
export function network(
  { nodes = usualSize, subnets }: NetworkSize,
  services: readonly ServiceFacts[],
): AssumedNetwork<Aws> {
  const named = [...new Set(services.flatMap((service) => listed(annotation(service, "subnets"))))];
  const addresses = services.flatMap((service) =>
    (["eipAllocations", "privateIpv4Addresses"] as const).map(
      (name) => listed(annotation(service, name)).length,
    ),
  );
  const count = subnets ?? (Math.max(0, ...addresses) || usualSize);
  const ids =
    named.length > 0 && subnets === undefined
      ? [...named, ...subnetBeside(named, services)]
      : numbered("subnet", count);
  return {
    configuration: {
      project,
      stack: "assumed",
      values: {
        [`${project}:clusterName`]: clusterName,
        [`${project}:nodeInstanceIds`]: JSON.stringify(numbered("i", nodes)),
        [`${project}:subnetIds`]: JSON.stringify(ids),
      },
    },
    cluster: (assumed) => withWanted(assumed, services),
    words: `Judged for ${counted(nodes, "node")} and ${counted(ids.length, "public subnet")} (${ids.join(", ")}), each in its own zone. --nodes N and --subnets N set other numbers.${assumptions(services)}`,
  };
}

const project = "manifests";

/** Only one of the controllers reads it. */
const { ipAddressType } = annotationNames;

function withWanted(assumed: AwsClusterFacts, services: readonly ServiceFacts[]): AwsClusterFacts {
  const labels = chosenLabels(services.map(wantedLabels));
  const addresses = services.map((service) => listed(annotation(service, "privateIpv4Addresses")));
  return {
    ...assumed,
    givenSecurityGroups: services.flatMap((service) => listed(annotation(service, "securityGroups"))),
    nodes: assumed.nodes.map((node, index) => ({ ...node, labels: labels(index) })),
    subnets: assumed.subnets.map((subnet, index) => ({
      ...subnet,
      tags: { ...subnet.tags, Name: subnet.id },
      cidr:
        addresses.map((all) => rangeAround(all[index])).find((range) => range !== undefined) ?? subnet.cidr,
    })),
  };
}

function rangeAround(address = ""): string | undefined {
  return isIPv4(address) ? networksOf([`${address}/24`])[0] : undefined;
}

/** One that nobody names, where a Service takes all that there are: it has other zones than one that names its own. */
function subnetBeside(named: readonly string[], services: readonly ServiceFacts[]): readonly string[] {
  const takesAll = services.some(
    (service) =>
      service.type === "LoadBalancer" &&
      annotation(service, "subnets") === undefined &&
      fixedAddresses(service).length === 0,
  );
  const unnamed = numbered("subnet", named.length + 1).filter((id) => !named.includes(id));
  return takesAll ? unnamed.slice(0, 1) : [];
}

function fixedAddresses(service: ServiceFacts): string[] {
  return (["eipAllocations", "privateIpv4Addresses"] as const).flatMap((name) =>
    listed(annotation(service, name)),
  );
}

/** What is assumed of Services that ask for different things, a sentence each. */
function assumptions(services: readonly ServiceFacts[]): string {
  const fixed = new Set(services.map((service) => annotation(service, "eipAllocations") ?? ""));
  return [
    ...(services.some(({ annotations }) => annotations[ipAddressType] === "dualstack")
      ? [" The subnets are assumed to have IPv6 ranges, which dualstack needs."]
      : []),
    ...(hasOtherNodes(services)
      ? [
          " Which nodes have the labels of target-node-labels is not known: Services that ask for other labels are assumed to get other nodes.",
        ]
      : []),
    ...(fixed.size > 1
      ? [
          " Addresses are each load balancer's own, so they are not compared; only those of eip-allocations stay when a load balancer is replaced.",
        ]
      : []),
  ].join("");
}

function hasOtherNodes(services: readonly ServiceFacts[]): boolean {
  return distinctSets(services.map(wantedLabels)).length > 1;
}

function wantedLabels(service: ServiceFacts): LabelSet {
  return labelsAmong(Object.entries(keyValues(annotation(service, "targetNodeLabels") ?? "")));
}

function listed(value: string | undefined): string[] {
  return (value ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}
