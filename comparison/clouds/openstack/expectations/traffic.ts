/** Who is answered, by whom, and whose address pods see. */
import type { AnswersExpectations } from "../../../scenarios/answers/expectations.ts";
import type { ClientAddressExpectations } from "../../../scenarios/clientAddress/expectations.ts";
import type { SpreadExpectations } from "../../../scenarios/spread/expectations.ts";
import type { UdpExpectations } from "../../../scenarios/udp/expectations.ts";
import { api, cookbook, introduction, ofControllersGroups, securityGroups } from "./sources.ts";

export const answers: AnswersExpectations = {
  name: { sentence: "A load balancer listens at its address, which leads to all its members.", source: api },
  nodes: {
    left: 0,
    right: 0,
    sentence:
      "The nodes' security group lets in the load balancer's subnet alone, whoever made the load balancer, so no client gets past it.",
    source: ofControllersGroups,
  },
  closed: {
    sentence: "Without a rule in the nodes' security group, no client outside reaches a node port.",
    source: securityGroups,
  },
  closedByName: {
    sentence: "The nodes see the load balancer's own address, and need to admit nothing else.",
    source: introduction,
  },
  openedAgain: {
    sentence: "With the rule restored, every client that it names reaches the node ports.",
    source: securityGroups,
  },
};

export const clientAddress: ClientAddressExpectations = {
  local: {
    value: "the load balancer's",
    sentence:
      "With the policy Local, a node leaves the source address unchanged, and that is the load balancer's: it is a proxy, which opens connections of its own.",
    source: introduction,
  },
};

export const spread: SpreadExpectations = {
  answered: { sentence: "All members are healthy.", source: api },
  members: { sentence: "Each listener gives connections to its members in turn (ROUND_ROBIN).", source: api },
};

export const udp: UdpExpectations = {
  answered: {
    sentence: "Octavia has UDP listeners, and both ways make them.",
    source: `${cookbook}#deploy-a-udp-load-balancer-with-a-health-monitor`,
  },
  seen: {
    value: "a node's",
    sentence:
      "With the policy Cluster, a node replaces the source, which is the load balancer's address, with its own.",
    source: "https://kubernetes.io/docs/tutorials/services/source-ip/",
  },
};
