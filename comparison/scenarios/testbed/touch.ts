/** A change of a Service that means nothing, but makes its controllers look at it. */
import type { Testbed, Target } from "./testbed.ts";

const annotation = "scenarios.nodeport-vs-loadbalancer/touched";

/** Twice: what the first change adds the second takes away. */
export async function touch({ cluster }: Testbed, target: Target): Promise<void> {
  for (const value of [new Date().toISOString(), null])
    await cluster.patchService(target, { metadata: { annotations: { [annotation]: value } } });
}
