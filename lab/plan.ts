/** What a lab is started with: written by `labUp`, read by the keeper (on the host) and by the supervisor (inside). */
import type { LabQuotas } from "./clouds/cloud.ts";
import { usualVersion } from "./kubernetesVersions.ts";
import type { KubernetesVersion } from "./kubernetesVersions.ts";
import type { Tools } from "./tools/tools.ts";

export interface LabPlan {
  /** The project's checkout, from which the lab's own programs run. */
  readonly checkout: string;
  /** The lab's directory, see files.ts. */
  readonly directory: string;
  /** Where the kubeconfig for the host goes. */
  readonly kubeconfig: string;
  /** The name of the cloud that the lab imitates. @default the first of the list */
  readonly cloud?: string;
  /** Ports on the host's loopback. */
  readonly ports: LabPorts;
  /** How many times faster than documented the load balancers' clocks run: 1 is real time. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  /** How the cloud's account is furnished. @default usualShape */
  readonly shape?: string;
  /** @default "nftables" */
  readonly proxyMode?: ProxyMode;
  /** @default usualVersion */
  readonly kubernetesVersion?: KubernetesVersion;
  /** Further flags of the API server, by name. */
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly tools: Pick<
    Tools,
    | "root"
    | "bin"
    | "cni"
    | "images"
    | "python"
    | "pythonHome"
    | "loadBalancerController"
    | "loadBalancerProxy"
    | "programs"
  >;
}

/** kube-proxy's modes that the lab runs. https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-modes */
export const proxyModes = ["nftables", "iptables"] as const;
export type ProxyMode = (typeof proxyModes)[number];

/** The shape of an account whose settings name none. Every cloud has it. */
export const usualShape = "usual";

/** How a running lab differs from what is wanted, if a start would change that: a lab gets its controllers, its account's shape, its Kubernetes and kube-proxy's mode when it starts. */
export function startedOtherwise(wanted: LabPlan, running: LabPlan): string | undefined {
  const controllerOf = ({ tools }: LabPlan): string | undefined => tools.loadBalancerController;
  if (controllerOf(wanted) !== undefined && controllerOf(running) === undefined)
    return "without the controller that lab:loadBalancerController asks for";
  if (wanted.tools.loadBalancerProxy !== undefined && running.tools.loadBalancerProxy === undefined)
    return "without the proxy that lab:loadBalancerProxy asks for";
  const modeOf = ({ proxyMode = "nftables" }: LabPlan): ProxyMode => proxyMode;
  if (modeOf(wanted) !== modeOf(running))
    return `with kube-proxy in ${modeOf(running)} mode, and lab:proxyMode asks for ${modeOf(wanted)}`;
  const shapeOf = ({ shape = usualShape }: LabPlan): string => shape;
  if (shapeOf(wanted) !== shapeOf(running))
    return `with an account in the shape ${shapeOf(running)}, and lab:shape asks for ${shapeOf(wanted)}`;
  const versionOf = ({ kubernetesVersion = usualVersion }: LabPlan): KubernetesVersion => kubernetesVersion;
  if (versionOf(wanted) !== versionOf(running))
    return `Kubernetes ${versionOf(running)}, and lab:kubernetesVersion asks for ${versionOf(wanted)}`;
  return undefined;
}

/** The host's ports that lead into the lab: to the Kubernetes API, the cloud's API, and the load balancer of each way. */
export const entryPorts = ["kubernetes", "cloudApi", "nodePort", "loadBalancer"] as const;
export type EntryPort = (typeof entryPorts)[number];

/** TCP ports on the host's loopback. */
export type LabPorts = Readonly<Record<EntryPort, number>>;

/** The socket behind a port, relative to the run directory: absolute paths of deep checkouts exceed the 107 bytes of a socket's name. */
export const entrySocket = (entry: EntryPort): string => `${entry}.sock`;
