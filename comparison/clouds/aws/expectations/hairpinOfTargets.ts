/** Pods as targets: who made the load balancer makes no difference. */
import type { HairpinOfTargetsExpectations } from "../../../scenarios/hairpinOfTargets/expectations.ts";
import { guide } from "./sources.ts";

const loopback = `${guide}/load-balancer-troubleshooting.html#loopback-timeout`;
const preservation = `${guide}/edit-target-group-attributes.html#client-ip-preservation`;

export const hairpinOfTargets: HairpinOfTargetsExpectations = {
  ownPercent: {
    kept: {
      value: 0,
      sentence:
        "If the client's address is kept, a connection succeeds only if it is routed to another node: calls to the pod's own zone, whose only target is the pod itself, time out.",
      source: loopback,
    },
    unset: {
      value: 100,
      sentence:
        "For targets by IP address, TCP and TLS, the client's address is not kept by default: the source is the load balancer's own, and a pod can be client and target in one flow.",
      source: `${preservation}, ${loopback}`,
    },
  },
  others: {
    sentence: "Another zone's address leads to a pod on another node.",
    source: loopback,
  },
};
