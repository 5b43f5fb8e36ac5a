/**
 * The lab's network: the supervisor's own network namespace is the VPC's router; each node and the client outside have a namespace and a link of their own.
 *
 * Nodes have a /32 each and route everything through the router: on one flat bridge, replies between nodes would pass the router's connection tracking by.
 */
import { internet, nodes, podCidr, nodeNetwork } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";

/** Input for `ip -batch`, per network namespace; `router` is the caller's own. */
export interface LinkPlan {
  readonly router: readonly string[];
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** The VPC router's address: the VPC's base address plus one is reserved for it in every subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const routerAddress = "10.0.0.1";
/** The router's side of every node's link. Link-local, as it is never a packet's source or destination. */
const nodeGateway = "169.254.1.1";

/** What is there from the start. */
export function linkPlan(): LinkPlan {
  const plans = [router, ...nodes.map(nodeLinks), client];
  return {
    router: plans.flatMap((plan) => plan.router),
    others: Object.fromEntries(plans.flatMap(({ others }) => Object.entries(others))),
  };
}

const router: LinkPlan = {
  router: [
    "link set lo up",
    ...[routerAddress, nodeNetwork.resolver, nodeNetwork.apiServer].map(
      (address) => `address add ${address}/32 dev lo`,
    ),
  ],
  others: {},
};

const client: LinkPlan = {
  router: [
    "netns add client",
    "link add client type veth peer name eth0 netns client",
    `address add ${internet.gateway}/24 dev client`,
    "link set client up",
  ],
  others: {
    client: [
      "link set lo up",
      "link set eth0 up",
      `address add ${internet.client}/24 dev eth0`,
      `route add default via ${internet.gateway} dev eth0`,
    ],
  },
};

/**
 * A pod has a route of its own on its node. What is sent to one that is gone is lost without a word: a node that passed it on would send what is neither from nor to
 * itself, which a VPC drops. Here it would go to and fro between node and router until one of them said that it is too old.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html (SourceDestCheck)
 */
export const nodeLinks = ({ name, address, podCidr: pods }: NodeLayout): LinkPlan => ({
  router: [
    `netns add ${name}`,
    `link add ${name} type veth peer name eth0 netns ${name}`,
    `address add ${nodeGateway}/32 dev ${name}`,
    `link set ${name} up`,
    `route add ${address}/32 dev ${name} src ${routerAddress}`,
    `route add ${pods} via ${address} dev ${name} onlink src ${routerAddress}`,
  ],
  others: {
    [name]: [
      "link set lo up",
      "link set eth0 up",
      `address add ${address}/32 dev eth0`,
      `route add ${nodeGateway} dev eth0 scope link`,
      `route add default via ${nodeGateway} dev eth0 src ${address}`,
      `route add blackhole ${pods}`,
    ],
  },
});

/** Takes away what `nodeLinks` made: the router's routes go with its end of the link, and the other end with it. */
export const nodeLinksRemoval = ({ name }: NodeLayout): string[] => [
  `link delete ${name}`,
  `netns delete ${name}`,
];

/** Settings under /proc/sys/net of every network namespace that forwards. */
export const forwardingSysctls: Readonly<Record<string, string>> = {
  "ipv4/ip_forward": "1",
  // Replies may come in by another link than the way out, as with addresses that the load balancer translates.
  "ipv4/conf/all/rp_filter": "0",
  "ipv4/conf/default/rp_filter": "0",
};

/**
 * Settings under /proc/sys/net of every node, whose connection tracking has to be there.
 *
 * Who opens a connection to a pod that just ended gives up, and may take the same port for a later one. Within the kernel's 120 s a node sends that one after the lost one,
 * to nobody. Clients of the internet have an address each; the lab's has one for all, and soon comes by the same ports again.
 */
export const nodeSysctls: Readonly<Record<string, string>> = {
  "netfilter/nf_conntrack_tcp_timeout_syn_sent": "10",
};

/**
 * A node's own translation, in nftables' language, as the AWS VPC CNI does it.
 *
 * What pods send out of the VPC carries the node's address (https://docs.aws.amazon.com/eks/latest/userguide/external-snat.html). What kube-proxy masquerades on the way to a
 * pod of the same node does, too: the VPC CNI's veth pairs have no address of their own that the kernel could prefer.
 */
export const nodeTranslation = ({ address }: NodeLayout): string => `
table ip lab-node {
  chain postrouting {
    type nat hook postrouting priority srcnat - 1; policy accept;
    meta mark & ${kubeProxyMasqueradeMark} == ${kubeProxyMasqueradeMark} oifname != "eth0" snat to ${address} fully-random
    ip saddr ${podCidr} ip daddr != { ${nodeNetwork.cidr}, ${podCidr} } oifname "eth0" masquerade
  }
}
`;

/** kube-proxy's `nftables.masqueradeBit` is 14 by default. https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
const kubeProxyMasqueradeMark = "0x4000";
