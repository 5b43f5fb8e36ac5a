/** Answers of an AWS account to the program: only what is known before an update. */
import type { MockCallArgs, MockCallResult } from "@pulumi/pulumi/runtime/mocks.js";
import type { Answers } from "../../plan.ts";
import type { AwsClusterFacts } from "../model.ts";

/** Arguments of a look-up. */
interface Query {
  readonly names?: readonly string[];
  readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Every group that is asked for exists: by its name, or one for a managed node group. */
function groupNames({ names, filters = [] }: Query): string[] {
  const nodeGroups = filters.find(({ name }) => name === "tag:eks:nodegroup-name")?.values ?? [];
  return [...(names ?? nodeGroups.map((nodeGroup) => `eks-${nodeGroup}`))];
}

/** The one of AWS's examples. */
const assumedAccountId = "111122223333";

/** A plan asks no cluster: the address belongs to nobody (RFC 2606). */
function assumedEksCluster(name: string): MockCallResult {
  return {
    name,
    arn: `arn:aws:eks:us-west-2:${assumedAccountId}:cluster/${name}`,
    endpoint: "https://eks.invalid",
    certificateAuthorities: [{ data: "bm9uZQ==" }],
    status: "ACTIVE",
  };
}

/** Answers of an account with one cluster. */
export class AssumedAccount implements Answers {
  readonly #cluster: AwsClusterFacts;

  constructor(cluster: AwsClusterFacts) {
    this.#cluster = cluster;
  }

  call({ token, inputs }: MockCallArgs): MockCallResult {
    const { vpc, nodeSecurityGroups, subnets } = this.#cluster;
    switch (token) {
      case "aws:ec2/getSecurityGroups:getSecurityGroups":
        return { ids: [...nodeSecurityGroups], vpcIds: nodeSecurityGroups.map(() => vpc) };
      case "aws:ec2/getInstances:getInstances":
        return { ids: this.#instances(inputs as Query) };
      case "aws:autoscaling/getAmiIds:getAmiIds":
        return { names: groupNames(inputs as Query) };
      case "aws:autoscaling/getGroup:getGroup":
        return { vpcZoneIdentifier: subnets.map((subnet) => subnet.id).join(",") };
      case "aws:ec2/getSubnets:getSubnets":
        return { ids: subnets.map((subnet) => subnet.id) };
      case "aws:ec2/getSubnet:getSubnet":
        return this.#subnet((inputs as { id: string }).id);
      // Which rules are there only an account knows.
      case "aws:vpc/getSecurityGroupRules:getSecurityGroupRules":
        return {};
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { accountId: assumedAccountId };
      case "aws:eks/getCluster:getCluster":
        return assumedEksCluster((inputs as { name: string }).name);
      case "aws:route53/getZone:getZone":
        return { zoneId: "Z0ASSUMED", name: (inputs as { name: string }).name };
      default:
        throw new Error(`The plan has no answer to ${token}: add one to AssumedAccount.`);
    }
  }

  /** All are nodes in the nodes' security group; no tag marks one as something else. */
  #instances({ filters = [] }: Query): string[] {
    const isMarked = filters.some(({ name }) => name === "tag-key");
    return isMarked ? [] : this.#cluster.nodes.map((node) => node.instanceId);
  }

  #subnet(id: string): MockCallResult {
    const subnet = this.#cluster.subnets.find((candidate) => candidate.id === id);
    if (subnet === undefined) return {};
    return { id, availabilityZone: subnet.zone, cidrBlock: subnet.cidr, tags: { ...subnet.tags } };
  }
}
