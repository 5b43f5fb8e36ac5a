/** 3. Whom pods take for the client: externalTrafficPolicy Cluster and Local, client address kept by the load balancer and not. */
import type { BySide } from "../../result/bySide.ts";
import type { Target } from "../testbed/testbed.ts";
import type { Scenario } from "../scenario.ts";
import { mapBySide, onBothSides } from "../sides.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { clientAddressesOf, figuresOf } from "../traffic/figures.ts";
import type { Load } from "../traffic/load.ts";
import { answeredShare } from "../traffic/loaded.ts";
import { answeredFinding, rows, seenFinding } from "./conclude.ts";
import type { Row } from "./conclude.ts";
import { addressesAround, addressOwner } from "../traffic/addressOwner.ts";

/** Enough that every zone and pod is met: one of three is missed by 30 requests in one of 10^5 runs. */
const requests = 30;

export const clientAddress: Scenario = {
  id: "client-address",
  title: "The client's address",
  question: "Whose address does a pod see?",
  quick: true,
  besideOthers: true,
  async run(testbed) {
    const loads = (side: keyof BySide<unknown>): Load[] =>
      rows.map((name) => load(name, testbed.targets(name)[side]));
    const samples = await sendToBoth(testbed, { left: loads("left"), right: loads("right") });
    const seen = await Promise.all(
      rows.map(async (name) => {
        const targets = testbed.targets(name);
        const found = await onBothSides(targets, testbed.signal, async (target) => {
          const ofSide = target === targets.left ? samples.left : samples.right;
          const addresses = clientAddressesOf(ofSide.filter(({ load: id }) => id === name));
          return addressOwner(addresses, await addressesAround(testbed, target));
        });
        return seenFinding(name, found);
      }),
    );
    // A side's variants have the same pods behind them.
    const all = await onBothSides(testbed.targets("plain"), testbed.signal, async (target) => {
      const ofSide = target === testbed.targets("plain").left ? samples.left : samples.right;
      return figuresOf(ofSide, await testbed.cluster.nodeOfPod(target));
    });
    return [...seen, answeredFinding(mapBySide(all, answeredShare))];
  },
};

function load(id: Row, { hostname, ports }: Target): Load {
  return burst(hostname, ports, { id, kind: "http", requests });
}
