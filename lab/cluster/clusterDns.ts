/**
 * The cluster's DNS: CoreDNS at the usual address of the Service kube-dns. It runs beside the control plane, as in managed clusters that keep it out of the
 * nodes: names still resolve while a node is cut off or killed.
 */
import { join } from "node:path";
import { clusterDomain, clusterDnsAddress, nodeNetwork } from "../layout.ts";
import type { Command } from "../supervisor/process.ts";
import type { ClusterPlaces } from "./places.ts";

/** The identity that it asks the API server with. */
export const clusterDnsIdentity = { file: "coredns", user: "system:coredns" } as const;

/** Where it serves, and where it says that it is ready. */
const ports = { dns: 53, ready: 8181 } as const;

/**
 * Kubernetes' usual configuration, without what only watches CoreDNS itself. Names of other domains are the nodes' network's. What does not exist is not kept,
 * because a name may begin to exist at any moment: a load balancer's, for example.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/cluster/addons/dns/coredns/coredns.yaml.base
 */
export const corefile = (kubeconfig: string): string => `.:${ports.dns} {
    bind ${nodeNetwork.clusterDns}
    errors
    ready ${nodeNetwork.clusterDns}:${ports.ready}
    kubernetes ${clusterDomain} in-addr.arpa ip6.arpa {
        kubeconfig ${kubeconfig}
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    forward . ${nodeNetwork.resolver} {
        max_concurrent 1000
    }
    cache 30 {
        disable denial
    }
    loadbalance
}
`;

export function coreDns({ bin, kubeconfigs }: Pick<ClusterPlaces, "bin" | "kubeconfigs">): Command {
  return { program: join(bin, "coredns"), args: ["-conf", join(kubeconfigs, "Corefile")] };
}

const labels = { "k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS" };
const metadata = { name: "kube-dns", namespace: "kube-system" };
const servedPorts = [
  { name: "dns", protocol: "UDP", port: ports.dns },
  { name: "dns-tcp", protocol: "TCP", port: ports.dns },
];
const role = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterDnsIdentity.user };

/** The Service that pods ask, its only endpoint, and what CoreDNS may read. */
export const clusterDnsObjects = [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...metadata, labels: { ...labels, "kubernetes.io/cluster-service": "true" } },
    spec: { clusterIP: clusterDnsAddress, ports: servedPorts },
  },
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...metadata, labels: { ...labels, "kubernetes.io/service-name": metadata.name } },
    addressType: "IPv4",
    endpoints: [{ addresses: [nodeNetwork.clusterDns], conditions: { ready: true } }],
    ports: servedPorts,
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: role.name },
    rules: [
      { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: role.name },
    roleRef: role,
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: clusterDnsIdentity.user }],
  },
];
