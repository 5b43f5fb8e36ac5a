import type { DrainingExpectations } from "../../../scenarios/draining/expectations.ts";
import { draining as source, serviceController } from "./sources.ts";

export const draining: DrainingExpectations = {
  kinds: {
    kept: { delaySeconds: 300, terminates: false },
    terminated: { delaySeconds: 120, terminates: true },
  },
  draining: ({ delaySeconds }, hereSeconds) => ({
    sentence: `A deregistered target is draining for ${delaySeconds} s, here ${hereSeconds} s, and then unused.`,
    source,
  }),
  noNewConnections: {
    sentence: "A deregistered target gets no new connections once the change has propagated.",
    source,
  },
  lost: ({ perSecond, seconds }) => ({
    sentence: `The other targets take new connections. Without cross-zone load balancing, a zone whose only target goes takes none, and clients that looked the name up just before DNS leaves the zone out lose requests: a third of ${perSecond} requests a second for ${seconds} s at most. On AWS a client may cache the name for 60 s.`,
    source,
  }),
  inUse: {
    kept: (hereSeconds) => ({
      sentence: `Connections in use continue after the delay, here ${hereSeconds} s.`,
      source,
    }),
    terminated: (hereSeconds) => ({
      sentence: `Connections are closed shortly after the delay, here ${hereSeconds} s.`,
      source,
    }),
  },
  held: {
    kept: {
      sentence:
        "Connections to a deregistered target continue even after the delay, unless they are to be terminated.",
      source,
    },
    terminated: {
      sentence: "Connections to a deregistered target are closed shortly after the delay is over.",
      source,
    },
  },
  otherMembers: { sentence: "Nothing happens to connections to other targets.", source },
  declared: {
    left: true,
    right: false,
    sentence:
      "The program's target group takes any attribute. The cloud controller manager refuses all but preserve_client_ip.enabled and proxy_protocol_v2.enabled, so the delay is 300 s.",
    source: serviceController,
  },
};
