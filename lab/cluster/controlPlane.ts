/** Command lines of the control plane's processes. Comments give the reason for unusual flags. */
import { join } from "node:path";
import { serviceCidr, nodeNetwork } from "../layout.ts";
import type { Command } from "../supervisor/process.ts";

const etcdPort = 2379;
const apiServerPort = 6443;

/** The API server's address for everything inside the lab. */
export const apiServerUrl = `https://${nodeNetwork.apiServer}:${apiServerPort}`;
export const apiServerAddress = { host: nodeNetwork.apiServer, port: apiServerPort } as const;

export interface ControlPlaneFiles {
  /** Directory of the executables. */
  readonly bin: string;
  readonly certificates: string;
  readonly etcdData: string;
  /** Directory of the kubeconfigs, one per component. */
  readonly kubeconfigs: string;
}

export function etcd({ bin, certificates, etcdData }: ControlPlaneFiles): Command {
  const url = `https://127.0.0.1:${etcdPort}`;
  return {
    program: join(bin, "etcd"),
    args: flags({
      "data-dir": etcdData,
      "listen-client-urls": url,
      "advertise-client-urls": url,
      // There is one member and no peer, and a second lab on the machine has its own loopback.
      "listen-peer-urls": "http://127.0.0.1:2380",
      "cert-file": join(certificates, "etcd.crt"),
      "key-file": join(certificates, "etcd.key"),
      "trusted-ca-file": join(certificates, "ca.crt"),
      "client-cert-auth": "true",
      "log-level": "warn",
    }),
  };
}

/** @param further flags by name */
export function apiServer(
  { bin, certificates }: ControlPlaneFiles,
  further: Readonly<Record<string, string>> = {},
): Command {
  const file = (name: string): string => join(certificates, name);
  return {
    program: join(bin, "kube-apiserver"),
    args: flags({
      "advertise-address": nodeNetwork.apiServer,
      "bind-address": nodeNetwork.apiServer,
      "secure-port": String(apiServerPort),
      "allow-privileged": "true",
      "authorization-mode": "Node,RBAC",
      "enable-admission-plugins": "NodeRestriction",
      "client-ca-file": file("ca.crt"),
      "tls-cert-file": file("kube-apiserver.crt"),
      "tls-private-key-file": file("kube-apiserver.key"),
      "etcd-servers": `https://127.0.0.1:${etcdPort}`,
      "etcd-cafile": file("ca.crt"),
      "etcd-certfile": file("kube-apiserver.crt"),
      "etcd-keyfile": file("kube-apiserver.key"),
      "kubelet-certificate-authority": file("ca.crt"),
      "kubelet-client-certificate": file("apiserver-kubelet-client.crt"),
      "kubelet-client-key": file("apiserver-kubelet-client.key"),
      // Aggregated API servers and the controller manager's own port learn from these whom to trust.
      "requestheader-client-ca-file": file("ca.crt"),
      "requestheader-allowed-names": "front-proxy-client",
      "requestheader-username-headers": "X-Remote-User",
      "requestheader-group-headers": "X-Remote-Group",
      "requestheader-extra-headers-prefix": "X-Remote-Extra-",
      "proxy-client-cert-file": file("front-proxy-client.crt"),
      "proxy-client-key-file": file("front-proxy-client.key"),
      // No DNS that the API server uses knows the nodes' names.
      "kubelet-preferred-address-types": "InternalIP",
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": file("service-accounts.pub"),
      "service-account-signing-key-file": file("service-accounts.key"),
      "service-cluster-ip-range": serviceCidr,
      ...further,
    }),
  };
}

export function controllerManager({ bin, certificates, kubeconfigs }: ControlPlaneFiles): Command {
  return {
    program: join(bin, "kube-controller-manager"),
    args: flags({
      kubeconfig: join(kubeconfigs, "kube-controller-manager"),
      "authentication-kubeconfig": join(kubeconfigs, "kube-controller-manager"),
      "authorization-kubeconfig": join(kubeconfigs, "kube-controller-manager"),
      "root-ca-file": join(certificates, "ca.crt"),
      "service-account-private-key-file": join(certificates, "service-accounts.key"),
      // Each controller uses the service account for which Kubernetes provides a role.
      "use-service-account-credentials": "true",
      // The lab's layout assigns pod addresses to nodes.
      "allocate-node-cidrs": "false",
      // A single instance needs no election, and would wait for its own lease after a crash.
      "leader-elect": "false",
      // At the default of 20 requests a second a fresh cluster waits four seconds for its roles and namespaces.
      "kube-api-qps": "1000",
      "kube-api-burst": "2000",
    }),
  };
}

export function scheduler({ bin, kubeconfigs }: ControlPlaneFiles): Command {
  return {
    program: join(bin, "kube-scheduler"),
    args: flags({
      kubeconfig: join(kubeconfigs, "kube-scheduler"),
      "authentication-kubeconfig": join(kubeconfigs, "kube-scheduler"),
      "authorization-kubeconfig": join(kubeconfigs, "kube-scheduler"),
      "leader-elect": "false",
    }),
  };
}

/** `--name=value` for each entry. */
export const flags = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).map(([name, value]) => `--${name}=${value}`);
