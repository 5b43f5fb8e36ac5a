import type { NoTargetExpectations } from "../../../scenarios/noTarget/expectations.ts";
import { draining, guide } from "./sources.ts";

const metrics = `${guide}/load-balancer-cloudwatch-metrics.html`;

export const noTarget: NoTargetExpectations = {
  refused: {
    sentence:
      "A connection that no target can take is rejected, and AWS counts it as such. How the client is told is not documented: the lab's load balancers reset it.",
    source: metrics,
  },
  told: {
    sentence: "A client that is reset does not have to wait. Whether AWS resets it is not documented.",
    source: metrics,
  },
  keepAlive: {
    sentence:
      "Existing connections are served until the deregistration delay is over, and after it unless they are to be terminated.",
    source: draining,
  },
  registered: ({ least, most }) => ({
    sentence: `A target gets traffic once it is registered, which takes 180 to 300 s, and has passed a check: here after ${least} s, and within ${most} s including propagation and what a busy machine adds.`,
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834",
  }),
};
