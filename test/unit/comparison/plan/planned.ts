/** The facts of the real program's plan, of stack dev with another configuration. */
import assert from "node:assert/strict";
import { cloudControllerManager } from "../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { Aws, AwsClusterFacts, AwsFacts } from "../../../../comparison/clouds/aws/model.ts";
import type { Predicted } from "../../../../comparison/clouds/cloud.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";
import type { SourceResult } from "../../../../comparison/model/sourceResult.ts";
import type { StackConfiguration } from "../../../../comparison/plan/configuration.ts";
import { plannedFacts } from "../../../../comparison/plan/facts.ts";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";
import { planProgram } from "../../../../comparison/plan/plan.ts";
import { defaultCloud, nodesOn } from "../../../../lab/clouds/index.ts";
import { devConfig, project } from "../../program/stackFiles.ts";

const nodes = nodesOn(defaultCloud);

export const names = { left: "nodeport", right: "loadbalancer" } as const;

/** Imports the program once more. */
export const program = (run: number): Promise<unknown> => import(`../../../../index.ts?test=${run}`);

/** A model of the controller. */
export type Predict = (service: ServiceFacts, cluster: AwsClusterFacts) => Predicted<Aws>;

export interface Changes {
  readonly config?: Readonly<Record<string, string>>;
  /** @default a controller that makes nothing */
  readonly predict?: Predict;
  /** Another plan than the program's. */
  readonly plan?: (declared: readonly PlannedResource[]) => readonly PlannedResource[];
}

export const refusing: Predict = () => ({ kind: "refused", reason: "it has no time", others: [] });

/** Plans by configuration: making one takes a tenth of a second, and many tests need the same. */
const plans: Record<string, ReturnType<typeof planProgram>> = {};

export async function planned({ config = {}, predict = refusing, plan }: Changes = {}): Promise<AwsFacts> {
  const configuration: StackConfiguration = { project, stack: "test", values: devConfig(config) };
  const key = JSON.stringify(config);
  const found = await (plans[key] ??= planProgram(configuration, nodes, program));
  const cloud = { ...aws, controllers: [{ ...cloudControllerManager, predict }] } as const;
  const declared = plan?.(found.declared) ?? found.declared;
  return plannedFacts({ ...found, declared, cloud }, names) as AwsFacts;
}

export function facts<T>(result: SourceResult<T>): T {
  return result.kind === "known" ? result.facts : assert.fail(`not known: ${result.reason}`);
}

/** What a predicting controller has been told. */
export class Asked {
  service: ServiceFacts | undefined;
  cluster: AwsClusterFacts | undefined;

  readonly predict: Predict = (service, cluster) => {
    this.service = service;
    this.cluster = cluster;
    return refusing(service, cluster);
  };
}
