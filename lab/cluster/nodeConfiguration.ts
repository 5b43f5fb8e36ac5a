/** Configuration of the unmodified containerd, kubelet and kube-proxy on a node. Comments give the reason for unusual values. */
import { join } from "node:path";
import type { Machine } from "../clouds/cloud.ts";
import { clusterDnsAddress, clusterDomain } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import type { ProxyMode } from "../plan.ts";

export interface NodePaths {
  /** Directory of the node's own configuration, certificates and kubeconfigs. */
  readonly configuration: string;
  /** Directory of the executables. */
  readonly bin: string;
  /** Directory of the CNI plugins. */
  readonly cni: string;
}

/** containerd's socket on every node. */
const containerdSocket = "/run/containerd/containerd.sock";

/** The pause image that the lab builds. With another one, the first pod would wait for a download. */
export const pauseImage = "registry.k8s.io/pause:3.10.1";

/** containerd's configuration, version 3. https://github.com/containerd/containerd/blob/main/docs/cri/config.md */
export function containerdConfiguration({ configuration, bin, cni }: NodePaths): string {
  const runtime = "io.containerd.cri.v1.runtime";
  return `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
address = "${containerdSocket}"

[plugins."io.containerd.cri.v1.images"]
snapshotter = "overlayfs"

[plugins."io.containerd.cri.v1.images".pinned_images]
sandbox = "${pauseImage}"

[plugins."${runtime}"]
# Cannot be set in a user namespace without delegation by the machine's administrator.
disable_apparmor = true
restrict_oom_score_adj = true
tolerate_missing_hugetlb_controller = true
disable_hugetlb_controller = true
enable_unprivileged_ports = true
enable_unprivileged_icmp = true
# The pods' network namespaces disappear with the node's /run.
netns_mounts_under_state_dir = true

[plugins."${runtime}".cni]
bin_dirs = ["${cni}"]
conf_dir = "${join(configuration, "cni")}"

[plugins."${runtime}".containerd]
default_runtime_name = "runc"

[plugins."${runtime}".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."${runtime}".containerd.runtimes.runc.options]
# No cgroups are delegated to the lab: the wrapper removes them from runc's configuration.
BinaryName = "${join(bin, "runc-without-cgroups")}"
SystemdCgroup = false
`;
}

/** The CNI network of a node: a veth pair and a route for each pod, as with the AWS VPC CNI. Traffic over a bridge would bypass kube-proxy's rules. */
export function cniConfiguration(node: NodeLayout): string {
  return JSON.stringify({
    cniVersion: "1.0.0",
    name: "pods",
    plugins: [
      {
        type: "ptp",
        ipMasq: false,
        ipam: {
          type: "host-local",
          dataDir: "/run/cni",
          ranges: [[{ subnet: node.podCidr }]],
          routes: [{ dst: "0.0.0.0/0" }],
        },
      },
      { type: "portmap", capabilities: { portMappings: true }, backend: "nftables" },
    ],
  });
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
export function kubeletConfiguration(
  { configuration }: Pick<NodePaths, "configuration">,
  node: NodeLayout,
  { providerId }: Pick<Machine, "providerId">,
): string {
  return JSON.stringify({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    featureGates: { KubeletInUserNamespace: true },
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(configuration, "ca.crt") },
    },
    authorization: { mode: "Webhook" },
    tlsCertFile: join(configuration, "node.crt"),
    tlsPrivateKeyFile: join(configuration, "node.key"),
    address: node.address,
    ...(providerId === undefined ? {} : { providerID: providerId }),
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    clusterDNS: [clusterDnsAddress],
    clusterDomain,
    resolvConf: "/etc/resolv.conf",
    podLogsDir: "/var/log/pods",
    // No cgroups are delegated to the lab, so nothing can be enforced.
    cgroupDriver: "cgroupfs",
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    // kube-proxy makes the chains that it needs; the kubelet's own would need iptables in every mode.
    makeIPTablesUtilChains: false,
    maxOpenFiles: 20_000,
    serializeImagePulls: false,
    // The disk is the developer's: never evict pods or delete images because it is full.
    evictionHard: {
      "memory.available": "1Mi",
      "nodefs.available": "0%",
      "imagefs.available": "0%",
      "nodefs.inodesFree": "0%",
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
  });
}

/** https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/ */
export function kubeProxyConfiguration(
  { configuration }: NodePaths,
  node: NodeLayout,
  mode: ProxyMode,
): string {
  return JSON.stringify({
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig: join(configuration, "kube-proxy.kubeconfig") },
    mode,
    // By this kube-proxy tells pods' traffic from others'. Other nodes' pods would be in the same range as nodes and load balancers.
    clusterCIDR: node.podCidr,
    hostnameOverride: node.name,
    // nf_conntrack_max belongs to the host and is read-only here: 0 leaves these settings alone.
    conntrack: {
      maxPerCore: 0,
      min: 0,
      tcpEstablishedTimeout: "0s",
      tcpCloseWaitTimeout: "0s",
      udpTimeout: "0s",
      udpStreamTimeout: "0s",
    },
  });
}
