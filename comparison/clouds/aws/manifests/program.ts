/** The program that makes the load balancer: its declaration, and its text. */
import { replacement } from "../../../../components/aws/placement.ts";
import { nameProblems } from "../../../../components/aws/names.ts";
import { targetGroupSuffix } from "../../../../components/aws/targets.ts";
import type { ClusterNetwork } from "../../../../components/aws/index.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts } from "../model.ts";
import { clusterName } from "./network.ts";
import type { Arguments } from "./ownArguments.ts";
import { sourceText } from "../../../manifests/sourceText.ts";

export const component = "NodePortExposure";

export async function declareOwn(name: string, given: Arguments, cluster: AwsClusterFacts): Promise<void> {
  const { NodePortExposure } = await import("../../../../components/aws/nodePortExposure.ts");
  new NodePortExposure(name, { ...given, network: networkOf(cluster) });
}

function networkOf({ vpc, subnets, nodes, nodeSecurityGroups }: AwsClusterFacts): ClusterNetwork {
  return {
    vpcId: vpc,
    subnets: subnets.map(({ id, zone, cidr, tags }) => ({
      id,
      availabilityZone: zone,
      cidrBlock: cidr,
      tags,
    })),
    nodeInstanceIds: nodes.map(({ instanceId }) => instanceId),
    nodeSecurityGroupId: nodeSecurityGroups[0] ?? "",
  };
}

/** AWS has shorter names than Kubernetes. */
export function ownName({ identity: { name } }: ServiceFacts, given: Arguments): string {
  const fallback = "app";
  if (name.includes(later)) return fallback;
  const isBound = given.targetGroupBinding !== undefined;
  // As in findClusterNetwork's network, which the printed program has.
  const suffix = `${targetGroupSuffix({}, isBound, given.targetType)}${replacement(given).suffix}`;
  const lengths = Array.from({ length: name.length }, (_, index) => name.length - index);
  const shortened = lengths.map((length) => name.slice(0, length).replace(/-+$/, ""));
  return shortened.find((each) => nameProblems(each, given.ports, suffix).length === 0) ?? fallback;
}

export function program(name: string, given: Arguments): string {
  return [
    `import { findClusterNetwork, ${component} } from "./components/index.ts";`,
    "",
    `const network = await findClusterNetwork(${JSON.stringify(clusterName)});`,
    `export const { url } = new ${component}(${JSON.stringify(name)}, ${sourceText({ ...given, network: shorthand })});`,
    "",
  ].join("\n");
}

/** `network`, which is a variable of the program. */
const shorthand = Symbol("shorthand");
