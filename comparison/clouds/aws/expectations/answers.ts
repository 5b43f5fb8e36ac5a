import type { AnswersExpectations } from "../../../scenarios/answers/expectations.ts";
import { guide, nodeGroups as source, routing } from "./sources.ts";

const zones = `${guide}/network-load-balancers.html#availability-zones`;

export const answers: AnswersExpectations = {
  name: { sentence: "A load balancer's name leads to its addresses.", source: routing },
  zonal: {
    inDns: {
      sentence: "A load balancer's name leads to one address for each of its zones.",
      source: zones,
    },
    each: { sentence: "There is one address for each zone, and each takes traffic.", source: zones },
  },
  closed: {
    sentence: "Without a rule in the nodes' security group, no client outside reaches a node port.",
    source,
  },
  closedByName: {
    sentence:
      "Without client IP preservation the nodes see the load balancer's own address, and need to admit nothing else.",
    source,
  },
  openedAgain: {
    sentence: "With the rule restored, every client that it names reaches the node ports.",
    source,
  },
};
