import type { SpreadExpectations } from "../../../scenarios/spread/expectations.ts";
import { guide, routing } from "./sources.ts";

const crossZone = `${guide}/network-load-balancers.html#cross-zone-load-balancing`;

export const spread: SpreadExpectations = {
  answered: { sentence: "All zones and targets are healthy.", source: routing },
  members: { sentence: "A hash of addresses and ports decides the target of each flow.", source: routing },
  zonal: {
    addresses: {
      sentence: "The name has one address for each zone, and the client takes any of them.",
      source: routing,
    },
    ownPercent: {
      value: 100,
      sentence:
        "Each address uses the targets of its own zone only; the client address that pods see shows which node a request came through.",
      source: crossZone,
    },
    crossZone: { sentence: "Each address uses the targets of all zones.", source: crossZone },
  },
};
