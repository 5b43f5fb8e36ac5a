/** Asks all probes of a run concurrently. */
import type { Exposure, Facts } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import { allocatorOf } from "./allocator.ts";
import { ask, failure, notAsked } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { askDryRuns } from "./dryRuns.ts";
import type { CreateInDryRun } from "./dryRuns.ts";
import { nodePortTargets } from "./nodePorts.ts";
import { nothingAsked } from "./probes.ts";
import type { NodePortAnswer, NodePortTarget, Probes, ServiceEvent } from "./probes.ts";

/** What a run can ask. Each has a time limit, and rejects without an answer. */
export interface Askable {
  readonly createInDryRun: CreateInDryRun;
  /** The text of the API server's /metrics. */
  readonly metrics: () => Promise<string>;
  readonly events: (namespace: string, name: string) => Promise<readonly ServiceEvent[]>;
  /** Called once with all targets, because the client may be far away. */
  readonly nodePorts: (targets: readonly NodePortTarget[]) => Promise<readonly NodePortAnswer[]>;
}

/** Never rejects: a failure is an outcome. */
export async function askAll(facts: Facts, askable: Askable): Promise<Probes> {
  if (facts.basis === "planned") return nothingAsked("nothing is deployed in a plan");
  const targets = { left: nodePortTargets(facts, facts.left), right: nodePortTargets(facts, facts.right) };
  const [dryRuns, allocator, left, right, nodePorts] = await Promise.all([
    askDryRuns(askable.createInDryRun, {
      left: targets.left[0]?.port,
      right: targets.right[0]?.port,
    }),
    ask(async () => allocatorOf(await askable.metrics())),
    askEvents(facts.left, askable),
    askEvents(facts.right, askable),
    askClient([...targets.left, ...targets.right], askable),
  ]);
  return {
    dryRuns,
    allocator,
    events: { left, right },
    nodePorts: {
      left: nodePorts.slice(0, targets.left.length),
      right: nodePorts.slice(targets.left.length),
    },
  };
}

function askEvents({ service }: Exposure, { events }: Askable): Promise<Asked<readonly ServiceEvent[]>> {
  const facts = factsIn(service);
  if (facts === undefined) return Promise.resolve(notAsked("the Service is not known"));
  return ask(() => events(facts.namespace, facts.identity.name));
}

/** The answers, in the order of the targets. If the client cannot be asked, every target's outcome is `failed`. */
async function askClient(
  targets: readonly NodePortTarget[],
  { nodePorts }: Askable,
): Promise<readonly NodePortAnswer[]> {
  if (targets.length === 0) return [];
  try {
    return await nodePorts(targets);
  } catch (error) {
    return targets.map((target) => ({ ...target, outcome: failure(error) }));
  }
}
