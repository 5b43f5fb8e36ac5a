import type { DriftExpectations } from "../../../scenarios/drift/expectations.ts";
import { draining, listeners, nodeGroups } from "./sources.ts";

export const drift: DriftExpectations = {
  lostPercent: {
    listener: {
      value: 100,
      sentence: "Traffic for a port without a listener is dropped.",
      source: listeners,
    },
    target: {
      value: 0,
      sentence: "With cross-zone load balancing, the other targets take over.",
      source: draining,
    },
    rule: {
      value: 100,
      sentence:
        "Without a rule the source of the traffic does not reach the nodes. If the client's address is kept, that source is the client.",
      source: nodeGroups,
    },
  },
};
