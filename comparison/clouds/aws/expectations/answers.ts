import type { AnswersExpectations } from "../../../scenarios/answers/expectations.ts";
import { guide, nodeGroups as source, routing } from "./sources.ts";

const zones = `${guide}/network-load-balancers.html#availability-zones`;

export const answers: AnswersExpectations = {
  zonesInDns: {
    sentence: "A load balancer's name leads to one address for each of its zones.",
    source: zones,
  },
  name: { sentence: "A load balancer's name leads to its addresses.", source: routing },
  zones: { sentence: "There is one address for each zone, and each takes traffic.", source: zones },
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

/** Where the AWS Load Balancer Controller serves the LoadBalancer Services: the nodes let in its load balancers' security group, and no client. */
export const answersThroughGroups: AnswersExpectations = {
  ...answers,
  nodes: {
    left: 100,
    right: 0,
    sentence:
      "A node port answers where the nodes' security group lets the client in. The program opens it to the source ranges. The AWS Load Balancer Controller opens it to the security group of its load balancers alone, so no client gets past them.",
    source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups/",
  },
};
