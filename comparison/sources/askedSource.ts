/** Sources that are asked over a network. */
import { kubernetesReason } from "./reasons/kubernetes.ts";

export interface AskedSource {
  /** The name inside a sentence. */
  readonly noun: string;
  /**
   * Per question. A question may take several calls, and the source's client may repeat failed ones.
   */
  readonly timeoutSeconds: number;
  /** The meaning of the source's own errors; undefined for other errors. */
  readonly reasonOf?: (error: Error) => string | undefined;
}

/** Keyed by the names in reports. */
export type AskedSources = Readonly<Record<string, AskedSource>>;

/** The sources that every cluster has, on any cloud. */
export const clusterSources = {
  "Kubernetes API": { noun: "the Kubernetes API", timeoutSeconds: 15, reasonOf: kubernetesReason },
  "nodes' rules": { noun: "the reading of the nodes' rules", timeoutSeconds: 20 },
  DNS: { noun: "DNS", timeoutSeconds: 10 },
} satisfies AskedSources;
