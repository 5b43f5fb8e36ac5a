/**
 * What Kubernetes' Pod Security Standard "restricted" allows, as of Kubernetes 1.35.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/ and the checks by which the cluster enforces it:
 * https://github.com/kubernetes/pod-security-admission/tree/v0.35.4/policy
 */

/** Fields of a securityContext, of the pod as of a container, with the values that are allowed besides none. */
export const contextFields: Readonly<Record<string, readonly unknown[]>> = {
  "windowsOptions.hostProcess": [false],
  "appArmorProfile.type": ["RuntimeDefault", "Localhost"],
  "seLinuxOptions.type": ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"],
  "seLinuxOptions.user": [""],
  "seLinuxOptions.role": [""],
  procMount: ["Default"],
  "seccompProfile.type": ["RuntimeDefault", "Localhost"],
  runAsNonRoot: [true],
};

/** The annotation, before a container's name, by which AppArmor's profile was set before Kubernetes 1.30. */
export const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** Its values that are allowed. */
export const appArmorProfiles = /^(runtime\/default|localhost\/.*)?$/;

/** Names in `sysctls` that are allowed. */
export const sysctls: readonly string[] = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
];

/** Sources of volumes that are allowed. */
export const volumes: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Where a container has the kubelet connect. A `host` there would be another than the pod. */
export const hostFields: readonly string[] = [
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle.postStart",
  "lifecycle.preStop",
].flatMap((handler) => [`${handler}.httpGet.host`, `${handler}.tcpSocket.host`]);
