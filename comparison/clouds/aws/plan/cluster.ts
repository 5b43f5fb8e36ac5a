/** A plan's assumed cluster: only what is known before an update. */
import * as v from "valibot";
import type { NodeFacts } from "../../../model/cluster.ts";
import type { AssumedNode, StackConfiguration } from "../../../plan/configuration.ts";
import type { AwsClusterFacts, SubnetFacts } from "../model.ts";

/** A cluster of these nodes. If the configuration names instances, subnets or the nodes' security group, it uses those. */
export function assumedCluster(
  { project, values }: StackConfiguration,
  nodes: readonly AssumedNode[],
): AwsClusterFacts {
  const value = (key: string): string | undefined => values[`${project}:${key}`];
  const instanceIds = listed(value("nodeInstanceIds")) ?? nodes.map((node) => `i-${node.name}`);
  const subnetIds = listed(value("subnetIds")) ?? nodes.map((node) => `subnet-${node.zone}`);
  // As in Pulumi.yaml, empty means not set.
  const groupId = value("nodeSecurityGroupId") ?? "";
  return {
    name: value("clusterName") ?? "",
    vpc: "vpc-cluster",
    nodes: instanceIds.map((id, index) => nodeFacts(id, index, nodes[index])),
    nodeSecurityGroups: [groupId === "" ? "sg-nodes" : groupId],
    subnets: [
      ...subnetIds.map((id, index) => subnetFacts(id, index, nodes[index])),
      // Those of load balancers that were taken over. No other load balancer chooses by tags that they do not have.
      ...ofAdopted(value("adopted"))
        .filter((id) => !subnetIds.includes(id))
        .map((id, index) => ({ ...subnetFacts(id, index, nodes[index]), tags: {} })),
    ],
  };
}

function nodeFacts(instanceId: string, index: number, node: AssumedNode | undefined): NodeFacts {
  return {
    name: node?.name ?? instanceId,
    instanceId,
    zone: node?.zone ?? assumedZone(index),
    address: node?.address ?? `10.${index}.0.10`,
    ready: true,
  };
}

function subnetFacts(id: string, index: number, node: AssumedNode | undefined): SubnetFacts {
  return {
    id,
    zone: node?.zone ?? assumedZone(index),
    cidr: node?.subnetCidr ?? `10.${index}.0.0/16`,
    public: true,
    tags: { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" },
  };
}

function assumedZone(index: number): string {
  return `zone-${index + 1}`;
}

const namingSubnets = v.record(v.string(), v.object({ subnetIds: v.optional(v.array(v.string()), []) }));

function ofAdopted(json: string | undefined): readonly string[] {
  const parsed = v.safeParse(v.pipe(v.optional(v.string(), "{}"), v.parseJson(), namingSubnets), json);
  return parsed.success
    ? [...new Set(Object.values(parsed.output).flatMap(({ subnetIds }) => subnetIds))]
    : [];
}

/** The items of a list that is not empty. The program refuses anything but a list. */
function listed(json: string | undefined): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}
