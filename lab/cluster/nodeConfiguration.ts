/** Configuration of what runs on a node: containerd, the kubelet and kube-proxy, all unmodified. Where a value is not the default, the reason stands beside it. */
import { join } from "node:path";
import type { Machine } from "../clouds/cloud.ts";
import { nodeNetwork, podCidr } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";

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

/** Must be the pause image that the lab builds, or the first pod would wait for a download. */
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
# Not settable in a user namespace that the machine's administrator did not delegate to.
disable_apparmor = true
restrict_oom_score_adj = true
tolerate_missing_hugetlb_controller = true
disable_hugetlb_controller = true
enable_unprivileged_ports = true
enable_unprivileged_icmp = true
# The pods' network namespaces go with the node's /run.
netns_mounts_under_state_dir = true

[plugins."${runtime}".cni]
bin_dirs = ["${cni}"]
conf_dir = "${join(configuration, "cni")}"

[plugins."${runtime}".containerd]
default_runtime_name = "runc"

[plugins."${runtime}".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."${runtime}".containerd.runtimes.runc.options]
# No cgroups are delegated to the lab: the wrapper takes them out of what runc is asked for.
BinaryName = "${join(bin, "runc-without-cgroups")}"
SystemdCgroup = false
`;
}

/** CNI network of a node: a veth pair for each pod and a route to it, as with the AWS VPC CNI; no bridge, whose traffic would pass kube-proxy's rules by. */
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
    clusterDNS: [nodeNetwork.resolver],
    resolvConf: "/etc/resolv.conf",
    podLogsDir: "/var/log/pods",
    // No cgroups are delegated to the lab, so there is nothing to enforce with.
    cgroupDriver: "cgroupfs",
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    // kube-proxy runs in nftables mode; the kubelet's own chains would need iptables.
    makeIPTablesUtilChains: false,
    maxOpenFiles: 20_000,
    serializeImagePulls: false,
    // The disk is the developer's own: never evict or delete images because it is full.
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
export function kubeProxyConfiguration({ configuration }: NodePaths, node: NodeLayout): string {
  return JSON.stringify({
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig: join(configuration, "kube-proxy.kubeconfig") },
    mode: "nftables",
    clusterCIDR: podCidr,
    hostnameOverride: node.name,
    // nf_conntrack_max belongs to the host and is read-only here: 0 leaves all of it as it is.
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
