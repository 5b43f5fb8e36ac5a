import type { HairpinExpectations } from "../../../scenarios/hairpin/expectations.ts";
import { guide } from "./sources.ts";

const source = `${guide}/load-balancer-troubleshooting.html#loopback-timeout`;

const kept = {
  value: 0,
  sentence:
    "Outside its own node a pod has the node's address. If that address is kept, the node receives a flow that claims to come from itself, and drops it as forged: calls to the pod's own zone, whose only target is its node, time out.",
  source,
};
const hidden = {
  value: 100,
  sentence:
    "With the load balancer's own address as the source, a node can be client and target in one flow.",
  source,
};

export const hairpin: HairpinExpectations = {
  ownPercent: { plain: kept, local: kept, masqueraded: hidden },
  others: {
    sentence: "Another zone's address leads to another node, and a node may be the client of another.",
    source,
  },
};
