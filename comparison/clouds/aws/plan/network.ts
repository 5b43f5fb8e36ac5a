/** The cluster, as a running program knows it from its network. */
import type { ClusterNetwork } from "../../../../components/aws/index.ts";
import type { AwsClusterFacts } from "../model.ts";

/** For values that the program did not request from AWS. */
const notAsked = "not asked";

export function clusterOf(
  name: string,
  { vpcId, subnets, nodeInstanceIds, nodeSecurityGroupId }: ClusterNetwork,
): AwsClusterFacts {
  return {
    name,
    vpc: vpcId,
    nodes: nodeInstanceIds.map((instanceId) => ({
      name: instanceId,
      instanceId,
      zone: notAsked,
      address: notAsked,
      ready: true,
    })),
    nodeSecurityGroups: [nodeSecurityGroupId],
    subnets: subnets.map(({ id, availabilityZone, cidrBlock, ipv6CidrBlock, tags }) => ({
      id,
      zone: availabilityZone,
      cidr: cidrBlock,
      ...(ipv6CidrBlock === undefined ? {} : { ipv6Cidrs: ipv6CidrBlock === "" ? [] : [ipv6CidrBlock] }),
      // The AWS cloud controller manager reads route tables. The program, and so this prediction, trusts the tag.
      public: "kubernetes.io/role/elb" in tags,
      tags,
    })),
  };
}
