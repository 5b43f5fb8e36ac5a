import type { NoPodsExpectations } from "../../../scenarios/noPods/expectations.ts";
import { failingOpen, virtualIps } from "./sources.ts";

export const noPods: NoPodsExpectations = {
  refused: {
    sentence:
      "A node rejects connections to a Service without endpoints, and a load balancer without a healthy target passes them on to the nodes. A node says so by ICMP, at most once a second to each client: a client that asks more often has to wait. Whether AWS passes that on is not documented; the lab does.",
    source: virtualIps,
  },
  again: {
    sentence:
      "The load balancers pass everything on while no target is healthy, so a node answers as soon as it knows of a pod again.",
    source: failingOpen,
  },
};
