/** Whether a way can declare a draining delay, tried where it would be declared. */
import type { BySide } from "../../result/bySide.ts";
import { attempt } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";

export const declaredSeconds = 120;

/** How long the controller is given to refuse, which takes it less than a second. */
const patienceSeconds = 10;

export async function delayDeclared(testbed: Testbed): Promise<BySide<Outcome<boolean>>> {
  return {
    left: await attempt(() => byProgram(testbed), testbed.signal),
    right: await attempt(() => byAnnotation(testbed), testbed.signal),
  };
}

async function byProgram(testbed: Testbed): Promise<boolean> {
  try {
    await testbed.deploy({ variant: "local", side: "left", drainingSeconds: declaredSeconds });
    return await isSet(testbed, testbed.targets("local").left);
  } finally {
    await testbed.deploy();
  }
}

async function byAnnotation(testbed: Testbed): Promise<boolean> {
  const { clock, cloud, cluster } = testbed;
  const target = testbed.targets("local").right;
  const wanted = cloud.drainingAnnotations(declaredSeconds);
  const none = Object.fromEntries(Object.keys(wanted).map((key) => [key, null]));
  const before = await cloud.pools(target.address);
  try {
    await cluster.patchService(target, { metadata: { annotations: wanted } });
    await clock.sleep(patienceSeconds);
    return await isSet(testbed, target);
  } finally {
    await cluster.patchService(target, { metadata: { annotations: none } });
    // A controller may leave what it is not told any longer as it is.
    for (const { id, draining } of before) await cloud.setDraining(id, draining);
  }
}

async function isSet({ cloud }: Testbed, { address }: Target): Promise<boolean> {
  return (await cloud.pools(address)).every(({ draining }) => draining.delaySeconds === declaredSeconds);
}
