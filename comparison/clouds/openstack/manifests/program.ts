/** The program that makes the load balancer: its declaration, and its text. */
import type { ClusterNetwork } from "../../../../components/openstack/index.ts";
import { sourceText } from "../../../manifests/sourceText.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { OpenStackClusterFacts } from "../model.ts";
import type { Arguments } from "./ownArguments.ts";

export const component = "NodePortExposure";

export async function declareOwn(
  name: string,
  given: Arguments,
  cluster: OpenStackClusterFacts,
): Promise<void> {
  const { NodePortExposure } = await import("../../../../components/openstack/nodePortExposure.ts");
  new NodePortExposure(name, { ...given, network: networkOf(cluster) });
}

function networkOf(cluster: OpenStackClusterFacts): ClusterNetwork {
  const { subnet, subnetCidr, nodes, floatingNetwork } = cluster;
  return {
    subnetId: subnet,
    subnetCidr,
    nodeSecurityGroupId: groupOf(cluster),
    nodes: nodes.map((node) => ({ name: node.name, address: node.address })),
    ...(floatingNetwork === undefined ? {} : { floatingNetwork }),
  };
}

/** The program adds its rules to one group. */
const groupOf = ({ nodeSecurityGroups: [first] }: OpenStackClusterFacts): string => first ?? "";

/** Pulumi adds eight characters, and a Service's name has at most 63. */
const longest = 55;

export function ownName({ identity: { name } }: ServiceFacts): string {
  return name.includes(later) ? "app" : name.slice(0, longest).replace(/-+$/, "");
}

export function program(name: string, given: Arguments, cluster: OpenStackClusterFacts): string {
  const { subnet, floatingNetwork } = cluster;
  const known = {
    subnetId: subnet,
    nodeSecurityGroupId: groupOf(cluster),
    // An internal load balancer has no floating IP.
    ...(floatingNetwork === undefined || given.scheme === "internal"
      ? {}
      : { floatingNetworkId: floatingNetwork.id }),
  };
  return [
    `import { findClusterNetwork, ${component} } from "./components/openstack/index.ts";`,
    "",
    `const network = await findClusterNetwork(${sourceText(known)});`,
    `export const { url } = new ${component}(${JSON.stringify(name)}, ${sourceText({ ...given, network: shorthand })});`,
    "",
  ].join("\n");
}

/** `network`, which is a variable of the program. */
const shorthand = Symbol("shorthand");
