import type { DriftExpectations } from "../../../scenarios/drift/expectations.ts";
import { draining, listeners, nodeGroups } from "./sources.ts";

const owner = {
  left: "pulumi up --refresh",
  right: "a change of the Service",
  sentence:
    "Pulumi trusts its state unless it is told to look. The cloud controller manager acts only on a change of the Service or the nodes.",
  source: "https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go",
} as const;

export const drift: DriftExpectations = {
  asks: "tcp",
  by: { listener: owner, target: owner, rule: owner },
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
