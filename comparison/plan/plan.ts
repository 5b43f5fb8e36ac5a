/** Finds out what a program declares, without Pulumi's engine, a cluster or an account. */
import type { Cloud } from "../clouds/cloud.ts";
import { cloudNamed } from "../clouds/index.ts";
import type { CloudPlan } from "../clouds/plan.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { AssumedNode, StackConfiguration } from "./configuration.ts";
import { recorded } from "./monitor.ts";
import type { PlannedResource } from "./monitor.ts";
import { previewed } from "./previewed.ts";

/** A program's resources, and the cluster. */
export interface ProgramPlan {
  readonly declared: readonly PlannedResource[];
  readonly cloud: Cloud;
  /** What the cloud knows of plans. */
  readonly plan: CloudPlan;
  readonly cluster: ClusterFacts;
}

/** A program's run, which ends with its plan. */
export interface PlanningRun extends ProgramPlan {
  /** What it logged as warnings. */
  readonly warnings: readonly string[];
}

let plans = 0;

/**
 * Runs a program as a preview of a first update under Pulumi's mock monitor.
 *
 * @param nodes the nodes of the assumed cluster
 * @param program imports it. A module runs once, so each run needs another address, such as one with `?plan=RUN` at its end
 * @throws what the program throws, such as a RunError for unusable configuration
 */
export async function planProgram(
  configuration: StackConfiguration,
  nodes: readonly AssumedNode[],
  program: (run: number) => Promise<unknown>,
): Promise<PlanningRun> {
  const { project, stack, values } = configuration;
  const cloud = cloudNamed(values[`${project}:cloud`]);
  const plan = await cloud.plan();
  const cluster = plan.assumedCluster(configuration, nodes);
  const { declared, warnings } = await recorded(() => program(plans++), {
    mocks: previewed(plan.answers(cluster)),
    configuration: values,
    project,
    stack,
    preview: true,
  });
  return { declared, warnings, cloud, plan, cluster };
}
