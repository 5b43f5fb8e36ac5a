/** Answers of an AWS account to the program: only what is known before an update. */
import type { MockCallArgs, MockCallResult } from "@pulumi/pulumi/runtime/mocks.js";
import type { Answers } from "../../plan.ts";
import type { AwsClusterFacts } from "../model.ts";

/** Answers of an account with one cluster. */
export class AssumedAccount implements Answers {
  readonly #cluster: AwsClusterFacts;

  constructor(cluster: AwsClusterFacts) {
    this.#cluster = cluster;
  }

  call({ token, inputs }: MockCallArgs): MockCallResult {
    const { vpc, nodes, nodeSecurityGroups, subnets } = this.#cluster;
    switch (token) {
      case "aws:ec2/getSecurityGroups:getSecurityGroups":
        return { ids: [...nodeSecurityGroups], vpcIds: nodeSecurityGroups.map(() => vpc) };
      case "aws:ec2/getInstances:getInstances":
        return { ids: nodes.map((node) => node.instanceId) };
      case "aws:ec2/getSubnets:getSubnets":
        return { ids: subnets.map((subnet) => subnet.id) };
      case "aws:ec2/getSubnet:getSubnet":
        return this.#subnet((inputs as { id: string }).id);
      default:
        throw new Error(`The plan has no answer to ${token}: add one to AssumedAccount.`);
    }
  }

  #subnet(id: string): MockCallResult {
    const subnet = this.#cluster.subnets.find((candidate) => candidate.id === id);
    if (subnet === undefined) return {};
    return { id, availabilityZone: subnet.zone, cidrBlock: subnet.cidr, tags: { ...subnet.tags } };
  }
}
