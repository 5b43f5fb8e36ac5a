/**
 * The lab's network: the supervisor's network namespace is the router of the nodes' network. Each node and the client outside have their own namespace and link.
 *
 * Each node has a /32 and routes everything through the router: on one flat bridge, replies between nodes would bypass the router's connection tracking.
 */
import { internet, nodes, nodeNetwork } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";

/** Input for `ip -batch` in each network namespace; `router` is the caller's own. */
export interface LinkPlan {
  readonly router: readonly string[];
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** The router's address: as in a VPC, the network's base address plus one. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const routerAddress = "10.0.0.1";
/** The router's side of every node's link. Link-local, because no packet has it as source or destination. */
const nodeGateway = "169.254.1.1";

/** The links that exist from the start. */
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
    ...[routerAddress, nodeNetwork.resolver, nodeNetwork.apiServer, nodeNetwork.clusterDns].map(
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
 * Each pod has its own route on its node. Packets to a pod that is gone are lost silently: a node that forwarded them would send packets that are neither from
 * nor to itself, which a VPC drops. Here they would go back and forth between node and router until their time to live expired.
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

/** Removes what `nodeLinks` made: the router's routes disappear with its end of the link, and so does the other end. */
export const nodeLinksRemoval = ({ name }: NodeLayout): string[] => [
  `link delete ${name}`,
  `netns delete ${name}`,
];

/** Settings under /proc/sys/net in every network namespace that forwards packets. */
export const forwardingSysctls: Readonly<Record<string, string>> = {
  "ipv4/ip_forward": "1",
  // Replies may arrive over another link than the requests left by, as with addresses that the load balancer translates.
  "ipv4/conf/all/rp_filter": "0",
  "ipv4/conf/default/rp_filter": "0",
};

/**
 * Settings under /proc/sys/net on every node. They exist only once connection tracking does.
 *
 * A client gives up a connection to a pod that has just ended, and may use the same port for a later one. Within the kernel's 120 s a node sends the later one
 * to the same lost pod. On the internet each client has its own address; the lab's client has one for all, so its ports soon repeat.
 */
export const nodeSysctls: Readonly<Record<string, string>> = {
  "netfilter/nf_conntrack_tcp_timeout_syn_sent": "10",
};

/**
 * A node's own address translation, in nftables' language, as the AWS VPC CNI does it.
 *
 * What pods send out of the nodes' network carries the node's address (https://docs.aws.amazon.com/eks/latest/userguide/external-snat.html). So does what kube-proxy masquerades on
 * the way to a pod of the same node: the VPC CNI's veth pairs have no address that the kernel could prefer.
 */
export const nodeTranslation = ({ address, podCidr }: NodeLayout): string => `
table ip lab-node {
  chain postrouting {
    type nat hook postrouting priority srcnat - 1; policy accept;
    meta mark & ${kubeProxyMasqueradeMark} == ${kubeProxyMasqueradeMark} oifname != "eth0" snat to ${address} fully-random
    ip saddr ${podCidr} ip daddr != ${nodeNetwork.cidr} oifname "eth0" masquerade
  }
}
`;

/** kube-proxy's `nftables.masqueradeBit` is 14 by default. https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
const kubeProxyMasqueradeMark = "0x4000";
