/** Everything that the lab imitates of a cloud: a page in docs/ is made from it, and reports take from it what the lab cannot show. */
import type { LabCloud } from "../clouds/cloud.ts";
import { labCloud } from "../clouds/index.ts";

/**
 * What the lab cannot show, in one sentence each.
 * @param cloud the name of the lab's cloud
 */
export async function limitsOfLab(cloud?: LabCloud["name"]): Promise<string[]> {
  const behaviours = await labCloud(cloud).behaviours();
  return behaviours.flatMap(({ limit }) => (limit === undefined ? [] : [limit.short]));
}
