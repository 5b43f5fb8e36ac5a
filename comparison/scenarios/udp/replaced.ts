/** A UDP flow whose pod is deleted. */
import { eventually } from "../../eventually.ts";
import { testbedHealthy } from "../testbed/health.ts";
import { rolledOut } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { addressesAround, addressOwner } from "../traffic/addressOwner.ts";
import { burst } from "../traffic/burst.ts";
import { clientAddressesOf } from "../traffic/figures.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOn } from "../traffic/loadOn.ts";
import { underLoad } from "../traffic/underLoad.ts";
import { flowPerSecond } from "./conclude.ts";
import type { Measured } from "./conclude.ts";
import { answersOf } from "./flow.ts";

/** Enough to meet every address and pod: 30 requests miss one of three in one of 10^5 runs. */
const requests = 30;

/** Answers of the flow's pod before it goes. */
const enough = 10;

/** Deletes the pod that answers a flow. Resolves when another one answers it and the app is complete again. */
export async function whileReplaced(testbed: Testbed, graceSeconds: number | undefined): Promise<Measured> {
  const { clock, cluster } = testbed;
  try {
    return await underLoad(testbed, testbed.targets("udp"), {
      loads: (target) => [each(target), flow(target)],
      async happen(target, _side, soFar) {
        const of = (id: string) => soFar().filter(({ load }) => load === id);
        const answers = () => answersOf(of("flow"));
        await eventually(
          "a flow answered, and all other requests sent while every pod was there",
          () => answers().length >= enough && of("each").length >= requests,
          timing.podSeconds,
          clock,
        );
        const pod = answers().at(-1)?.pod ?? "";
        const at = clock.now();
        await cluster.deletePod(target.namespace, pod, graceSeconds);
        await eventually(
          `the flow answered by another pod than ${pod}`,
          () =>
            answers()
              .slice(-enough)
              .every((answer) => answer.pod !== pod),
          timing.podSeconds,
          clock,
        );
        await rolledOut(testbed, target, timing.podSeconds);
        const seen = clientAddressesOf(soFar());
        return { at, seen: addressOwner(seen, await addressesAround(testbed, target)) };
      },
    });
  } finally {
    await testbedHealthy(testbed);
  }
}

function each({ address, ports }: Target): Load {
  return burst(address, ports, { id: "each", kind: "udp", requests });
}

/** Until it is stopped. */
function flow({ address, ports }: Target): Load {
  const seconds = 3 * timing.podSeconds;
  return loadOn(address, ports, { id: "flow", kind: "udp flow", perSecond: flowPerSecond, seconds });
}
