import type { UdpExpectations } from "../../../scenarios/udp/expectations.ts";
import { listeners, sourceIp } from "./sources.ts";

export const udp: UdpExpectations = {
  answered: { sentence: "Services and listeners of both ways accept UDP.", source: listeners },
  seen: {
    value: "a node's",
    sentence:
      "A load balancer always keeps the client's address for UDP, and with the policy Cluster a node replaces it with its own.",
    source: sourceIp,
  },
};
