import type { OutagesExpectations } from "../../../scenarios/outages/expectations.ts";
import { introduction, serviceController } from "./sources.ts";

export const outages: OutagesExpectations = {
  unharmed: {
    sentence: "Load balancers, kube-proxy and pods go on by themselves with their last configuration.",
    source: introduction,
  },
  controllerDown: {
    sentence:
      "`pulumi up` talks to OpenStack itself. The cloud controller catches up when it starts: it looks at every Service then.",
    source: serviceController,
  },
  madeInPart: {
    sentence:
      "Nobody catches up on a change that could not be asked for. `pulumi up` asks OpenStack for the listener while it asks the API server for the Service's port, so that a listener may be there without members until the next update.",
    source: "https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/",
  },
  apiDown: {
    sentence:
      "The program asks OpenStack before anything else. A change of the Service asks only the cluster, and says nothing about the load balancer.",
    source: "https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/",
  },
  retries: {
    sentence:
      "Pulumi fails and stops. The cloud controller tries again after 5 s, and then each time after twice as long, up to 300 s.",
    source: serviceController,
  },
};
