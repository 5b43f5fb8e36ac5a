/** The planned comparison as an output of the program: what it declares, held against what the cloud controller will make of it. */
import type { Output } from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import type { ClusterNetwork } from "../../components/index.ts";
import { predict } from "../clouds/aws/cloudControllerManager/predict.ts";
import { judge } from "../difference/compare.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import { shortForm } from "../report/shortForm.ts";
import type { ShortForm } from "../report/shortForm.ts";
import { plannedFacts } from "../clouds/aws/plan/facts.ts";
import type { Recorder } from "./recorder.ts";

export interface PlannedComparisonArgs {
  /** Has recorded both exposures. */
  readonly recorder: Recorder;
  readonly clusterName: string;
  readonly network: ClusterNetwork;
  /** Names of the exposures. */
  readonly left: string;
  readonly right: string;
}

/** It says the same in a preview and after the update, and never fails: a program that can be deployed can also not be compared. */
export function plannedComparison(
  args: PlannedComparisonArgs,
): Output<ShortForm | { readonly verdict: string }> {
  return output(
    compared(args).catch((error: unknown) => ({
      verdict: `Not compared: ${error instanceof Error ? error.message : String(error)}`,
    })),
  );
}

async function compared({
  recorder,
  clusterName,
  network,
  ...names
}: PlannedComparisonArgs): Promise<ShortForm> {
  const facts = plannedFacts(await recorder.declared(), clusterOf(clusterName, network), names, predict);
  return shortForm(judge(facts, { predict, traffic: [], statements: [] }));
}

/** What the program did not ask AWS for. */
const notAsked = "not asked";

function clusterOf(
  name: string,
  { vpcId, subnets, nodeInstanceIds, nodeSecurityGroupId }: ClusterNetwork,
): ClusterFacts {
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
    subnets: subnets.map(({ id, availabilityZone, cidrBlock, tags }) => ({
      id,
      zone: availabilityZone,
      cidr: cidrBlock,
      // The controller looks at route tables; the program, and so this prediction, takes the tag's word for it.
      public: "kubernetes.io/role/elb" in tags,
      tags,
    })),
  };
}
