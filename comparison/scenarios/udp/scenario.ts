/** 4. UDP: answered, by whom it is seen, and what becomes of a flow whose pod goes. */
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { eventually } from "../eventually.ts";
import { answersOf } from "./flow.ts";
import { flowFindings, flowPerSecond, udpFindings } from "./conclude.ts";
import type { Replaced } from "./conclude.ts";
import type { Outcome } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";
import { timing } from "../timing.ts";
import { burst } from "../traffic/burst.ts";
import { clientAddressesOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { addressesAround, addressOwner } from "../traffic/addressOwner.ts";

/** Enough that every address and pod is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = 30;

/** Answers of the flow's pod before it goes. */
const enough = 10;

export const udp: Scenario = {
  id: "udp",
  title: "UDP, and a flow whose pod is killed",
  question: "Does UDP arrive, and does a flow go on with another pod when its own is killed?",
  quick: true,
  async run(testbed) {
    const loaded = await whileReplaced(testbed, 0);
    return udpFindings(loaded);
  },
};

export const udpReplaced: Scenario = {
  id: "udp-replaced",
  title: "A UDP flow whose pod is replaced in order",
  question: "Does a UDP flow go on with another pod when its own is deleted, and takes its time to end?",
  quick: false,
  run: async (testbed) => flowFindings(await whileReplaced(testbed, undefined), "replaced"),
};

/** Deletes the pod that answers a flow, and resolves when another one answers it and the app is whole again. */
async function whileReplaced(
  testbed: Testbed,
  graceSeconds: number | undefined,
): Promise<BySide<Outcome<Loaded<Replaced>>>> {
  try {
    return await underLoad(testbed, testbed.targets("udp"), {
      loads: (target) => [each(target), flow(target)],
      async happen(target, soFar) {
        const of = (id: string) => soFar().filter(({ load }) => load === id);
        const answers = () => answersOf(of("flow"));
        await eventually(
          "a flow answered, and all other requests sent while every pod was there",
          () => Promise.resolve(answers().length >= enough && of("each").length >= requests),
          timing.podSeconds,
          testbed.signal,
        );
        const pod = answers().at(-1)?.pod ?? "";
        await testbed.cluster.deletePod(target.namespace, pod, graceSeconds);
        await eventually(
          `the flow answered by another pod than ${pod}`,
          () =>
            Promise.resolve(
              answers()
                .slice(-enough)
                .every((answer) => answer.pod !== pod),
            ),
          timing.podSeconds,
          testbed.signal,
        );
        await testbed.cluster.rolledOut(target, timing.podSeconds, testbed.signal);
        const seen = clientAddressesOf(soFar());
        return { seen: addressOwner(seen, await addressesAround(testbed, target)) };
      },
    });
  } finally {
    await testbedHealthy(testbed);
  }
}

function each({ hostname, ports }: Target): Load {
  return burst(hostname, ports, { id: "each", kind: "udp", requests });
}

/** Until it is stopped. */
function flow({ hostname, ports }: Target): Load {
  const seconds = 3 * timing.podSeconds;
  return loadOn(hostname, ports, { id: "flow", kind: "udp flow", perSecond: flowPerSecond, seconds });
}
