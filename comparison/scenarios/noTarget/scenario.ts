/** 15. No target at all: the load balancer refuses. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import { noTargetFindings } from "./conclude.ts";
import type { Empty } from "./conclude.ts";
import { eventually } from "../eventually.ts";
import { loadOf } from "../traffic/loads.ts";
import type { Scenario } from "../scenario.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { now } from "../traffic/sender.ts";
import { underLoad } from "../traffic/underLoad.ts";

/** How long requests are sent while there is no target. */
const spellSeconds = 5;

export const noTarget: Scenario = {
  id: "no-target",
  title: "No target at all",
  question:
    "What does a client meet when every target has been deregistered, and how long until they answer again?",
  quick: false,
  async run(testbed) {
    const targets = testbed.targets("plain");
    const seconds = 60 + 2 * latestFirstRequestSeconds(testbed.timeScale);
    const addresses = new Map(
      await Promise.all(
        [targets.left, targets.right].map(
          async ({ hostname }) => [hostname, await testbed.resolve(hostname)] as const,
        ),
      ),
    );
    const loaded = await underLoad(testbed, targets, {
      loads: (target) => [
        // By address: the name may lead nowhere while there is no target.
        ...(addresses.get(target.hostname) ?? []).map((host) =>
          loadOf(target, "http", { id: `http ${host}`, host, perSecond: 10, seconds }),
        ),
        loadOf(target, "http keep-alive", { seconds: timing.leadMilliseconds / 1000 + 3 * spellSeconds }),
      ],
      happen: (target, soFar) =>
        removeAllTargets(testbed, target, addresses.get(target.hostname)?.length ?? 0, soFar),
    });
    return noTargetFindings(loaded, testbed.timeScale);
  },
};

/** @param addresses how many a client can ask, each with a load of its own */
async function removeAllTargets(
  testbed: Testbed,
  target: Target,
  addresses: number,
  soFar: () => readonly Sample[],
): Promise<Empty> {
  const { account, signal } = testbed;
  const before = await account.targets(target.hostname);
  const wait = (seconds: number): Promise<void> => sleep(seconds * 1000, undefined, { signal });
  const span = { from: 0, to: 0 };
  try {
    for (const { targetGroupArn, id } of before) await account.deregister(targetGroupArn, id);
    await wait(timing.propagationSeconds);
    span.from = now();
    await wait(spellSeconds);
    span.to = now();
  } finally {
    for (const { targetGroupArn, id } of before) await account.register(targetGroupArn, id);
  }
  const answersAgain = (): Set<string> => {
    const answered = soFar().filter(({ at, outcome }) => at > span.to && outcome.kind === "answered");
    return new Set(answered.map(({ load }) => load).filter((load) => load !== "http keep-alive"));
  };
  const answersAgainSeconds = await eventually(
    `${target.way}: answers again at each of its ${addresses} addresses`,
    () => Promise.resolve(answersAgain().size === addresses),
    2 * latestFirstRequestSeconds(testbed.timeScale),
    signal,
  );
  await allHealthy(testbed, [target]);
  return { ...span, answersAgainSeconds };
}
