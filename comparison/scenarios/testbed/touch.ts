/** A change of a Service that means nothing, but makes its controllers look at it. */
import type { Target, Testbed } from "./testbed.ts";

const annotation = "scenarios.nodeport-vs-loadbalancer/touched";

/** Twice: the second change removes what the first one added. */
export async function touch(
  { cluster, clock }: Pick<Testbed, "cluster" | "clock">,
  target: Target,
): Promise<void> {
  for (const value of [new Date(clock.now()).toISOString(), null])
    await cluster.patchService(target, { metadata: { annotations: { [annotation]: value } } });
}
