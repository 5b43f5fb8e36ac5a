/** What a lab is started with: written by `labUp`, read by the keeper (host side) and by the supervisor (inside). */
import type { Tools } from "./tools/tools.ts";

export interface LabPlan {
  /** The project's checkout: the lab's own programs are run from it. */
  readonly checkout: string;
  /** The lab's directory, see files.ts. */
  readonly directory: string;
  /** Where the kubeconfig for the host goes. */
  readonly kubeconfig: string;
  /** Ports on the host's loopback. */
  readonly ports: LabPorts;
  /** How many times faster than AWS's documented clocks the load balancers' run: 1 is real time. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  readonly tools: Pick<Tools, "root" | "bin" | "cni" | "images" | "python" | "pythonHome">;
}

/** Quotas of the AWS account above AWS's defaults, by the names that the program's own have (components/aws/quotas.ts). */
export interface LabQuotas {
  /** Inbound rules of one security group, and as many outbound. @default 60 */
  readonly rulesPerSecurityGroup?: number;
}

/** The lab's doors on the host's loopback, a TCP port each. */
export interface LabPorts {
  readonly kubernetes: number;
  readonly aws: number;
  readonly nodePort: number;
  readonly loadBalancer: number;
}

export type Door = keyof LabPorts;
export const doors: readonly Door[] = ["kubernetes", "aws", "nodePort", "loadBalancer"];

/** A door's socket, relative to the run directory: absolute paths of deep checkouts exceed the 107 bytes of a socket's name. */
export const doorSocket = (door: Door): string => `${door}.sock`;
