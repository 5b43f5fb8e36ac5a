/** The facts of the real program's plan, of stack dev with another configuration. */
import assert from "node:assert/strict";
import { assumedCluster } from "../../../../../../comparison/plan/cluster.ts";
import type { PlannedResource } from "../../../../../../comparison/plan/monitor.ts";
import { planProgram } from "../../../../../../comparison/plan/plan.ts";
import type { StackConfiguration } from "../../../../../../comparison/plan/plan.ts";
import type { ClusterFacts } from "../../../../../../comparison/model/cluster.ts";
import type { Facts } from "../../../../../../comparison/model/exposure.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import type { SourceResult } from "../../../../../../comparison/model/sourceResult.ts";
import { plannedFacts } from "../../../../../../comparison/clouds/aws/plan/facts.ts";
import type { Predict } from "../../../../../../comparison/clouds/aws/plan/facts.ts";
import { defaultCloud, nodesOn } from "../../../../../../lab/clouds/index.ts";
import { devConfig, project } from "../../../../program/stackFiles.ts";

const nodes = nodesOn(defaultCloud);

export const names = { left: "nodeport", right: "loadbalancer" } as const;

export interface Changes {
  readonly config?: Readonly<Record<string, string>>;
  /** @default a controller that makes nothing */
  readonly predict?: Predict;
  /** Another plan than the program's. */
  readonly plan?: (declared: readonly PlannedResource[]) => readonly PlannedResource[];
}

export const refusing: Predict = () => ({ kind: "refused", reason: "it has no time" });

export async function planned({ config = {}, predict = refusing, plan }: Changes = {}): Promise<Facts> {
  const configuration: StackConfiguration = { project, stack: "test", values: devConfig(config) };
  const declared = await planProgram(configuration, nodes);
  return plannedFacts(plan?.(declared) ?? declared, assumedCluster(configuration, nodes), names, predict);
}

export function facts<T>(said: SourceResult<T>): T {
  return said.kind === "known" ? said.facts : assert.fail(`not known: ${said.reason}`);
}

/** What a predicting controller has been told. */
export class Asked {
  service: ServiceFacts | undefined;
  cluster: ClusterFacts | undefined;

  readonly predict: Predict = (service, cluster) => {
    this.service = service;
    this.cluster = cluster;
    return refusing(service, cluster);
  };
}
