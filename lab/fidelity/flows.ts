/** New flows: which listener takes them, and which target gets them. */
import { guide, tests } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";

export const flows: readonly Behaviour[] = [
  {
    name: "Addresses",
    documented:
      "A load balancer has one address in each enabled zone, and keeps it; internet-facing ones have public addresses, or Elastic IP addresses of the user's.",
    source: guide.loadBalancers,
    lab: "One address in each zone, kept until the load balancer is deleted, also over restarts.",
    shownBy: {
      [tests.routing]: ["lead from each zone's address to that zone's node, with the client's address"],
      "test/unit/lab/clouds/aws/balancer/addresses.test.ts": [
        "keeps what a load balancer has, whatever comes and goes around it",
        "adds and removes zones of a load balancer and leaves the others",
      ],
    },
    limit: {
      text: "Addresses that the user chose (Elastic IP, private) are stored and not used; IPv6 is not there.",
      short: "Chosen addresses, Elastic IP addresses and IPv6 are not used.",
    },
  },
  {
    name: "Provisioning",
    documented: "A new load balancer is `provisioning` until it can route traffic, then `active`.",
    source: `${guide.loadBalancers}#load-balancer-state`,
    lab: "Active as soon as its addresses are programmed, within a second.",
    shownBy: {
      "test/live/clouds/aws/api/loadBalancers.test.ts": [
        "has AWS's names and waits in provisioning for the data plane",
        "turns active and shows its addresses once the data plane reports them",
      ],
    },
    limit: {
      text: "AWS takes minutes, of which no figure is documented.",
      short: "How long AWS takes to provide a load balancer.",
    },
  },
  {
    name: "Listeners",
    documented:
      "TCP, UDP, TCP_UDP, TLS and QUIC. What fits no listener is dropped, so are pings; TCP data of no known connection is answered by a reset.",
    source: guide.listeners,
    lab: "TCP, UDP and TCP_UDP, forwarding to one target group; others are refused by AWS's rules or said in the log to be unserved. nftables cannot end TLS.",
    shownBy: {
      [tests.routing]: [
        "are of TCP and UDP on one port, if the listener is of both",
        "are refused where no target is registered, lost in a zone without targets and at ports without listener",
        "do not include pings, which the load balancer drops",
      ],
      [tests.connections]: [
        "of TCP are forgotten after the listener's idle time-out: the next packet is answered by a reset",
      ],
    },
    limit: {
      text: "TLS and QUIC listeners, weights between target groups, proxy protocol v2, PrivateLink, AWS WAF and Global Accelerator.",
      short:
        "TLS and QUIC listeners, weights between target groups, proxy protocol v2, PrivateLink and what else AWS puts in front.",
    },
  },
  {
    name: "Choice of a target",
    documented:
      "A hash over protocol, both addresses, both ports and, in TCP, the sequence number. A connection stays on its target; a UDP flow does, too, until it is idle.",
    source: guide.overview,
    lab: "A hash of the kernel over the same values, and connection tracking that keeps each flow on its target. A connection that nobody answered is forgotten after 10 s.",
    shownBy: {
      [tests.routing]: ["spread over the nodes of all zones across zones"],
      [tests.connections]: [
        "of UDP stay on their target and move when it dies",
        "of UDP are new flows after 120 silent seconds of AWS's, and stay where they are before",
        "of TCP that nobody answered are forgotten after 10 s: the client's port can be used again",
      ],
      "test/unit/lab/clouds/aws/balancer/ruleset.test.ts": [
        "hashes TCP flows by five-tuple and sequence number, others by five-tuple, with a seed that stays",
      ],
    },
    limit: {
      text: "AWS's own hash function is not known: the same flow may go to another target there. Nodes keep a connection that nobody answered for 120 s, and a client that takes the same port again within them is led after it, to a pod that may be gone.",
      short:
        "Which target AWS's own hash picks for a given flow, and ports of a client that lead to a pod that is gone.",
    },
  },
  {
    name: "Zones",
    documented:
      "Each zone's address leads to targets of its zone, or of all enabled zones with cross-zone load balancing, of the load balancer or of the target group, which has the last word. Off by default.",
    source: `${guide.attributes}#target-group-cross-zone`,
    lab: "The same.",
    shownBy: {
      [tests.routing]: [
        "lead from each zone's address to that zone's node, with the client's address",
        "spread over the nodes of all zones across zones",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "lets the target group have the last word about crossing zones",
        "leaves out targets in zones that are not enabled",
      ],
    },
    limit: {
      text: "Zones are names in one kernel: latency between them, what crossing costs, and a zone that fails in part are not there.",
      short: "Latency between zones, and a zone that fails in part.",
    },
  },
  {
    name: "Sticky sessions",
    documented:
      "With `stickiness.type` source_ip all flows of a client's address go to one target; AWS may reset that when targets or their health change.",
    source: `${guide.attributes}#sticky-sessions`,
    lab: "A hash over the client's address: it changes with the number of healthy targets.",
    shownBy: { [tests.routing]: ["stay on one target for one client with stickiness"] },
  },
  {
    name: "Client address",
    documented:
      "Targets see the client's address, always with UDP; for instances it can be switched off with TCP, and then they see the load balancer's private address.",
    source: `${guide.attributes}#client-ip-preservation`,
    lab: "The same.",
    shownBy: {
      [tests.routing]: [
        "lead from each zone's address to that zone's node, with the client's address",
        "come from the load balancer's own address where the client's is not kept",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "is kept for instances unless switched off, and for addresses only if switched on",
        "is always kept with UDP",
      ],
    },
    limit: {
      text: "With the client's address kept, a client that reaches one target by two addresses of load balancers from the same port gets errors on AWS; the lab's kernel gives the second flow another port. The limit of 55,000 connections a target without it is not there either.",
      short:
        "Errors of clients that reach one target by two addresses from the same port, and the limit of 55,000 connections a target.",
    },
  },
  {
    name: "A target that calls its own load balancer",
    documented:
      "With the client's address kept, a connection that leads back to the instance it came from times out, that of a pod on it too; it works with the address hidden, or if another target gets it.",
    source: `${guide.troubleshooting}#loopback-timeout`,
    lab: "The same, by the kernel of the node.",
    shownBy: {
      [tests.routing]: [
        "from a target to itself get no answer with the client's address kept, and one without",
      ],
    },
  },
];
