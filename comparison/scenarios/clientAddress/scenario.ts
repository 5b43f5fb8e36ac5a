/** Whose address pods see: externalTrafficPolicy Cluster and Local, client address kept by the load balancer and not. */
import type { Side } from "../../result/bySide.ts";
import type { Scenario } from "../scenario.ts";
import { mapBySide, onBothSides } from "../sides.ts";
import { nodeOfPod } from "../testbed/pods.ts";
import type { Target } from "../testbed/testbed.ts";
import { addressOwner, addressesAround } from "../traffic/addressOwner.ts";
import { sendToBoth } from "../traffic/bothSides.ts";
import { burst } from "../traffic/burst.ts";
import { clientAddressesOf, figuresOf } from "../traffic/figures.ts";
import type { Load } from "../../traffic/load.ts";
import { answeredShare } from "../traffic/loaded.ts";
import { conclude, rowsFor } from "./conclude.ts";
import type { Measured, Row } from "./conclude.ts";

/** Enough to meet every zone and pod: 30 requests miss one of three in one of 10^5 runs. */
const requests = 30;

export const clientAddress: Scenario<Measured> = {
  id: "client-address",
  title: "The client's address",
  question: "Which client address does a pod see?",
  quick: true,
  beside: "looking on",
  needs: [],
  async measure(testbed) {
    const rows = rowsFor(testbed.expectations.clientAddress);
    const loads = (side: Side): Load[] => rows.map((name) => load(name, testbed.targets(name)[side]));
    const samples = await sendToBoth(testbed, { left: loads("left"), right: loads("right") });
    const seen = rows.map(async (name) => {
      const found = await onBothSides(testbed.targets(name), testbed.signal, async (target, side) => {
        const addresses = clientAddressesOf(samples[side].filter(({ load: id }) => id === name));
        return addressOwner(addresses, await addressesAround(testbed, target));
      });
      return [name, found] as const;
    });
    // A side's variants have the same pods behind them.
    const all = await onBothSides(testbed.targets("plain"), testbed.signal, async (target, side) =>
      figuresOf(samples[side], await nodeOfPod(testbed.cluster, target)),
    );
    return {
      seen: Object.fromEntries(await Promise.all(seen)),
      answered: mapBySide(all, answeredShare),
    };
  },
  conclude,
};

function load(id: Row, { address, ports }: Target): Load {
  return burst(address, ports, { id, kind: "http", requests });
}
