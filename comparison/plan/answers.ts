/** What a cluster and an AWS account would answer to the program if there were any: only what is known before an update. */
import type {
  MockCallArgs,
  MockCallResult,
  MockResourceArgs,
  MockResourceResult,
  Mocks,
} from "@pulumi/pulumi/runtime/mocks.js";

/** A node of the cluster that a plan assumes, in a public subnet of its own. */
export interface AssumedNode {
  readonly name: string;
  readonly zone: string;
  readonly subnetCidr: string;
}

/** Answers of an account with one cluster of these nodes, whose subnets are `subnetIds` if any are given. */
export class AssumedAccount implements Mocks {
  readonly #instanceIds: readonly string[];
  readonly #subnets: ReadonlyMap<string, MockCallResult>;

  constructor(nodes: readonly AssumedNode[], subnetIds: readonly string[]) {
    this.#instanceIds = nodes.map((node) => `i-${node.name}`);
    const ids = subnetIds.length > 0 ? subnetIds : nodes.map((node) => `subnet-${node.zone}`);
    this.#subnets = new Map(ids.map((id, index) => [id, subnet(id, index, nodes[index])]));
  }

  call({ token, inputs }: MockCallArgs): MockCallResult {
    switch (token) {
      case "aws:ec2/getSecurityGroups:getSecurityGroups":
        return { ids: ["sg-nodes"], vpcIds: ["vpc-cluster"] };
      case "aws:ec2/getInstances:getInstances":
        return { ids: [...this.#instanceIds] };
      case "aws:ec2/getSubnets:getSubnets":
        return { ids: [...this.#subnets.keys()] };
      case "aws:ec2/getSubnet:getSubnet":
        return this.#subnets.get((inputs as { id: string }).id) ?? {};
      default:
        throw new Error(`The plan has no answer to ${token}: give AssumedAccount one.`);
    }
  }

  newResource({ type, name, inputs, custom }: MockResourceArgs): MockResourceResult {
    const given = inputs as Record<string, unknown>;
    // Kubernetes' names are known before an update, because Pulumi makes them up.
    const isNamed = custom === true && type.startsWith("kubernetes:");
    return {
      id: undefined,
      state: isNamed ? { ...given, metadata: { name, ...(given.metadata as object) } } : given,
    };
  }
}

function subnet(id: string, index: number, node: AssumedNode | undefined): MockCallResult {
  return {
    id,
    availabilityZone: node?.zone ?? `zone-${index + 1}`,
    cidrBlock: node?.subnetCidr ?? `10.${index}.0.0/16`,
    tags: { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" },
  };
}
