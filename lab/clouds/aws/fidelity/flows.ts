/** New flows: which listener takes them, and which target gets them. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";
import { guide, tests } from "./sources.ts";

export const flows: readonly Behaviour[] = [
  {
    name: "Addresses",
    documented:
      "A load balancer has one address in each enabled zone and keeps it. Internet-facing load balancers have public addresses, or the user's Elastic IP addresses.",
    source: guide.loadBalancers,
    lab: "One address in each zone, kept until the load balancer is deleted, even over restarts.",
    shownBy: {
      [tests.routing]: ["go from each zone's address to that zone's node, and keep the client's address"],
      "test/unit/lab/clouds/aws/balancer/addresses.test.ts": [
        "keeps a load balancer's addresses when others come and go",
        "adds and removes zones of a load balancer and keeps its others",
      ],
    },
    limit: {
      text: "Addresses that the user chooses (Elastic IP, private) are stored but not used. There is no IPv6: a dual-stack load balancer is refused, because the subnets have no IPv6 ranges. In others it has IPv6 addresses on which nobody answers.",
      short: "Chosen addresses, Elastic IP addresses and IPv6 are not used.",
    },
  },
  {
    name: "Provisioning",
    documented: "A new load balancer is `provisioning` until it can route traffic, then `active`.",
    source: `${guide.loadBalancers}#load-balancer-state`,
    lab: "It becomes active as soon as its addresses are programmed, within a second.",
    shownBy: {
      "test/live/clouds/aws/api/loadBalancers.test.ts": [
        "has names like AWS's, and is provisioning until the data plane reports it",
        "becomes active and shows its addresses once the data plane reports them",
      ],
    },
    limit: {
      text: "AWS takes minutes and documents no figure.",
      short: "How long AWS takes to provide a load balancer.",
    },
  },
  {
    name: "Listeners",
    documented:
      "TCP, UDP, TCP_UDP, TLS and QUIC. Traffic without a listener is dropped, and so are pings. TCP data without a known connection is answered by a reset.",
    source: guide.listeners,
    lab: "TCP, UDP and TCP_UDP, forwarding to one target group. TLS listeners are a row of their own. Other listeners are refused by AWS's rules, or the log says that they are not served.",
    shownBy: {
      [tests.routing]: [
        "use TCP and UDP on one port if the listener supports both",
        "are refused without registered targets, and lost in a zone without targets and at ports without a listener",
        "exclude pings, which the load balancer drops",
      ],
      [tests.connections]: [
        "over TCP are dropped after the listener's idle timeout: the next packet gets a reset",
      ],
    },
    limit: {
      text: "QUIC listeners, weights between target groups, PrivateLink, AWS WAF and Global Accelerator.",
      short: "QUIC listeners, weights between target groups, PrivateLink and other AWS services in front.",
    },
  },
  {
    name: "TLS listeners",
    documented:
      "A TLS listener ends TLS with the certificate for the name that the client asks for, or else its default one. Its security policy says which versions and ciphers clients may use, its ALPN policy which application protocols it offers and in which order. Targets get TCP, or TLS again, for which their certificates are not checked. The client's address can be kept.",
    source: guide.tlsListeners,
    lab: "Envoy ends TLS, in labs with `lab:loadBalancerProxy`, with certificates that are imported into the emulated AWS Certificate Manager. nftables chooses the target of each of Envoy's connections, which come from the client's address. Without the setting, the log says that the listener is not served, and its connections are dropped.",
    shownBy: {
      [tests.proxy]: [
        "ends TLS, keeps the client's address, and goes to the nodes of the zone",
        "chooses the certificate by the name that the client asks for",
        "has the versions of its security policy",
        "offers the protocols of its ALPN policy in the policy's order",
        "encrypts again for targets with TLS, whatever their certificate",
        "shows its own address if the client's is not preserved",
        "sends new connections to healthy targets alone, without a change of the proxy",
        "is served again after the proxy was killed",
        "is not served without its certificate, and the log says so",
      ],
      [tests.listeners]: [
        "needs a certificate, a security policy and an ALPN policy that exist",
        "shows its default certificate, and others only if asked for them, also after a restart",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "serves TLS by the proxy alone, if there is one and the certificates are there",
      ],
    },
    limit: {
      text: "Ciphers with CBC and SHA-256 or SHA-384, which Envoy does not have; post-quantum key exchange as policies name it; the application protocol of connections to TLS targets; server certificates of IAM; certificates that AWS issues and renews. A certificate can be deleted although a listener uses it. Connections through Envoy end when the data plane or Envoy ends.",
      short:
        "Some ciphers of security policies, certificates of IAM and those that AWS issues, and how TLS connections survive a failure in AWS.",
    },
  },
  {
    name: "Proxy protocol",
    documented:
      "With `proxy_protocol_v2.enabled`, each connection to a target begins with a header of version 2 that has the client's address, whether or not the client's address is kept.",
    source: `${guide.attributes}#proxy-protocol`,
    lab: "The same for TCP and TLS, by Envoy, in labs with `lab:loadBalancerProxy`. Without the setting, the log says that no header is added.",
    shownBy: {
      [tests.proxy]: [
        "tells the client's address if it is preserved",
        "tells the client's address if it is not preserved",
        "comes before TLS's contents",
        "works for internal load balancers, whose clients are nodes",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "adds proxy protocol headers by the proxy, not for UDP, and says what it cannot",
      ],
    },
    limit: {
      text: "Headers for UDP and TCP_UDP, fields of AWS in the header, such as the endpoint of PrivateLink, and a header before a health check.",
      short: "Proxy protocol for UDP, and AWS's own fields in its header.",
    },
  },
  {
    name: "Choice of a target",
    documented:
      "A hash over protocol, both addresses, both ports and, for TCP, the sequence number. A connection stays on its target, and so does a UDP flow until it is idle.",
    source: guide.overview,
    lab: "The kernel's hash over the same values, and connection tracking that keeps each flow on its target. An unanswered connection is forgotten after 10 s.",
    shownBy: {
      [tests.routing]: ["spread over the nodes of all zones with cross-zone load balancing"],
      [tests.connections]: [
        "over UDP stay on their target, and move when it dies",
        "over UDP become new flows after 120 idle seconds on AWS, and keep their target before",
        "over TCP that got no answer are dropped after 10 s, so that the client can reuse its port",
      ],
      "test/unit/lab/clouds/aws/balancer/ruleset.test.ts": [
        "hashes TCP flows by five-tuple and sequence number, others by five-tuple, with a seed that stays",
      ],
    },
    limit: {
      text: "AWS's hash function is unknown: the same flow may go to another target there. Nodes keep an unanswered connection for 120 s. A client that reuses the same port within that time is sent to the same pod, which may be gone.",
      short:
        "Which target AWS's hash picks for a flow, and reused client ports that lead to a pod that is gone.",
    },
  },
  {
    name: "Addresses as targets",
    documented:
      "A target group of type `ip` takes addresses of the VPC's subnets, whose zone follows from the subnet, and private addresses elsewhere with a zone or `all`. Others are refused.",
    source: `${guide.targetGroups}#target-type`,
    lab: "The same. The rules of a node's security group apply to its pods' addresses, too.",
    shownBy: {
      [tests.routing]: [
        "go to addresses: those of nodes' pods in their zone, others in all zones, and hide the client unless told otherwise",
        "come to a pod's address only if a rule of its node's security group lets them in",
      ],
      "test/live/clouds/aws/api/targets.test.ts": [
        "may be an address of the VPC, whose subnet gives its zone",
        "may be a private address outside the VPC, with its zone or all zones",
      ],
    },
    limit: {
      text: "An address that all zones send to is checked once, from the load balancer's first zone. No network is connected to the VPC, and there are no security groups for pods.",
      short: "Security groups for pods, and targets in other networks.",
    },
  },
  {
    name: "Zones",
    documented:
      "Each zone's address leads to targets in its zone or, with cross-zone load balancing, in all enabled zones. The target group's setting overrides the load balancer's. It is off by default.",
    source: `${guide.attributes}#target-group-cross-zone`,
    lab: "The same.",
    shownBy: {
      [tests.routing]: [
        "go from each zone's address to that zone's node, and keep the client's address",
        "spread over the nodes of all zones with cross-zone load balancing",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "lets the target group override cross-zone balancing",
        "omits targets in zones that are not enabled",
      ],
    },
    limit: {
      text: "Zones are names in one kernel: they have no latency between them, no cost of crossing, and no partial failures.",
      short: "Latency between zones, and partial failures of a zone.",
    },
  },
  {
    name: "Sticky sessions",
    documented:
      "With `stickiness.type` source_ip all flows from one client address go to one target. AWS may reset this when targets or their health change.",
    source: `${guide.attributes}#sticky-sessions`,
    lab: "A hash over the client's address. It changes with the number of healthy targets.",
    shownBy: { [tests.routing]: ["from one client go to one target with stickiness"] },
  },
  {
    name: "Client address",
    documented:
      "Targets see the client's address, always with UDP. With TCP it can be switched, and is on for instances and off for addresses by default; without it, targets see the load balancer's private address.",
    source: `${guide.attributes}#client-ip-preservation`,
    lab: "The same.",
    shownBy: {
      [tests.routing]: [
        "go from each zone's address to that zone's node, and keep the client's address",
        "come from the load balancer's address if the client's is not preserved",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "is kept for instances unless switched off, and for addresses only if switched on",
        "is always kept with UDP",
      ],
    },
    limit: {
      text: "With the client's address preserved, a client on AWS gets errors if it reaches one target from the same port through two load balancer addresses. The lab's kernel gives the second flow another port. The lab also lacks the limit of 55,000 connections to a target without preservation.",
      short:
        "Errors of clients that reach a target by two addresses from one port; the limit of 55,000 connections to a target.",
    },
  },
  {
    name: "A target that calls its own load balancer",
    documented:
      "With the client's address preserved, a connection that leads back to its own instance times out, even from a pod on it. It works without preservation, or if another target gets it.",
    source: `${guide.troubleshooting}#loopback-timeout`,
    lab: "The same, because of the node's kernel.",
    shownBy: {
      [tests.routing]: [
        "from a target to itself get an answer only if the client's address is not preserved",
      ],
    },
  },
];
