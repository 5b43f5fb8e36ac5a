/** How requests spread over zones, over nodes as targets, and over pods, without cross-zone load balancing and with it. */
import type { Side } from "../../result/bySide.ts";
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import type { Target } from "../testbed/testbed.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import type { Load } from "../../traffic/load.ts";
import { conclude, requests, spreadingsFor } from "./conclude.ts";
import type { Measured, Spreading } from "./conclude.ts";
import { placesOf, spreadOf } from "./spreading.ts";

const perSecond = 100;

export const spread: Scenario<Measured> = {
  id: "spread",
  title: "Spread over zones, nodes and pods",
  question: ({ name }) => `Where do requests to the load balancer's ${name} go?`,
  quick: true,
  beside: "looking on",
  needs: ["members by node"],
  async measure(testbed) {
    const spreadings = spreadingsFor(testbed.expectations.spread);
    const loads = (side: Side): Load[] =>
      spreadings.map((variant) => load(variant, testbed.targets(variant)[side]));
    const samples = await sendToBoth(testbed, { left: loads("left"), right: loads("right") });
    const found = spreadings.map(async (variant) => {
      const spreads = await onBothSides(testbed.targets(variant), testbed.signal, async (target, side) =>
        spreadOf(
          samples[side].filter(({ load: id }) => id === variant),
          await placesOf(testbed, target),
        ),
      );
      return [variant, spreads] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  },
  conclude,
};

function load(id: Spreading, { address, ports }: Target): Load {
  return burst(address, ports, { id, kind: "http", requests, perSecond });
}
