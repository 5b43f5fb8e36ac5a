/** The network on AWS that is assumed for manifests. */
import type { ServiceFacts } from "../../../model/service.ts";
import type { AssumedNetwork, NetworkSize } from "../../manifests.ts";
import { annotation, keyValues } from "../cloudControllerManager/annotations.ts";

const usualSize = 3;

/** A cluster of this name, which no manifest tells. */
export const clusterName = "my-cluster";

/**
 * Subnets that an annotation names exist, each in a zone of its own. So do as many subnets as an annotation has addresses: a list that fits
 * no subnets at all is refused, but how many there are is not in a manifest. The nodes have the labels by which a Service chooses its targets.
 */
export function network(
  { nodes = usualSize, subnets }: NetworkSize,
  services: readonly ServiceFacts[],
): AssumedNetwork {
  const named = [...new Set(services.flatMap((service) => listed(annotation(service, "subnets"))))];
  const addresses = services.flatMap((service) =>
    (["eipAllocations", "privateIpv4Addresses"] as const).map(
      (name) => listed(annotation(service, name)).length,
    ),
  );
  const count = subnets ?? (Math.max(0, ...addresses) || usualSize);
  const ids = named.length > 0 && subnets === undefined ? named : numbered("subnet", count);
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
    nodeLabels: Object.assign({}, ...services.map(wantedLabels)) as Record<string, string>,
    words: `Judged for ${nodes} nodes and ${ids.length} public subnets (${ids.join(", ")}), each in its own zone. --nodes N and --subnets N set other numbers.`,
  };
}

const project = "manifests";

/** A label without a value stands for any value. */
function wantedLabels(service: ServiceFacts): Record<string, string> {
  return keyValues(annotation(service, "targetNodeLabels") ?? "");
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
