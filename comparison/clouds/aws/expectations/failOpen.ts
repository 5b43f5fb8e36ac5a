import type { FailOpenExpectations } from "../../../scenarios/failOpen/expectations.ts";
import { failingOpen, healthChecks } from "./sources.ts";

export const failOpen: FailOpenExpectations = {
  detection: ({ least, most }) => ({
    sentence: `Three failed checks in a row, 30 s apart, the last one noticed after 10 s: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
    source: healthChecks,
  }),
  answered: {
    sentence:
      "With no healthy target a load balancer fails open: all targets get traffic, whatever their health.",
    source: failingOpen,
  },
  keepAlive: {
    sentence:
      "Connections to an unhealthy target are reset, unless the load balancer fails open because of it.",
    source: healthChecks,
  },
  dns: {
    sentence: "A zone without healthy targets is taken out of DNS, unless no zone has any.",
    source: healthChecks,
  },
};
