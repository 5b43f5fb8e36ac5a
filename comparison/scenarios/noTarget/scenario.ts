/** No registered target: the load balancer refuses. */
import { eventually } from "../../eventually.ts";
import type { Scenario } from "../scenario.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { latestFirstRequestSeconds, timing } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { loadOf } from "../traffic/loads.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { conclude, kept, timelines } from "./conclude.ts";
import type { Empty, Measured } from "./conclude.ts";

/** How long requests are sent while there is no target. */
const spellSeconds = 5;

export const noTarget: Scenario<Measured> = {
  id: "no-target",
  title: "No registered target",
  question:
    "What do clients get when every target is deregistered, and how long until they get answers again?",
  quick: false,
  needs: ["members by node", "member health", "connection draining"],
  async measure(testbed) {
    const targets = testbed.targets("plain");
    const seconds = 60 + 2 * latestFirstRequestSeconds(testbed);
    const addresses = {
      left: await testbed.resolve(targets.left.address),
      right: await testbed.resolve(targets.right.address),
    };
    return underLoad(testbed, targets, {
      loads: (target, side) => [
        // By address: the name may lead nowhere while there is no target.
        ...addresses[side].map((host) =>
          loadOf(target, "http", { id: `http ${host}`, host, perSecond: 10, seconds }),
        ),
        loadOf(target, kept, { seconds: timing.leadSeconds + 3 * spellSeconds }),
      ],
      happen: (target, side, soFar) => removeAllTargets(testbed, target, addresses[side].length, soFar),
    });
  },
  conclude,
  timelines,
};

/** @param addresses how many a client can ask, each with a load of its own */
async function removeAllTargets(
  testbed: Testbed,
  target: Target,
  addresses: number,
  soFar: () => readonly Sample[],
): Promise<Empty> {
  const { clock, cloud } = testbed;
  const before = await cloud.members(target.address);
  const span = { at: clock.now(), from: 0, to: 0 };
  try {
    for (const member of before) await cloud.takeOut(member);
    await clock.sleep(timing.propagationSeconds);
    span.from = clock.now();
    await clock.sleep(spellSeconds);
    span.to = clock.now();
  } finally {
    for (const member of before) await cloud.putBack(member);
  }
  const answersAgain = (): Set<string> => {
    const answered = soFar().filter(({ at, outcome }) => at > span.to && outcome.kind === "answered");
    return new Set(answered.map(({ load }) => load).filter((load) => load !== kept));
  };
  const answersAgainSeconds = await eventually(
    `${target.way}: answers again at each of its ${addresses} addresses`,
    () => answersAgain().size === addresses,
    2 * latestFirstRequestSeconds(testbed),
    clock,
  );
  await allHealthy(testbed, [target]);
  return { ...span, answersAgainSeconds };
}
