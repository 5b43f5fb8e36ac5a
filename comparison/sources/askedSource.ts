/** Sources that are asked over a network. */
import { kubernetesReason } from "./reasons/kubernetes.ts";

export interface AskedSource {
  /** As it stands in a sentence. */
  readonly noun: string;
  /**
   * For each question. A question may take several calls, and the source's client may repeat those that fail in passing.
   */
  readonly timeoutSeconds: number;
  /** What the source's own errors mean; undefined for others. */
  readonly reasonOf?: (error: Error) => string | undefined;
}

/** By the names that reports show. */
export type AskedSources = Readonly<Record<string, AskedSource>>;

/** Those that every cluster has, whatever its cloud. */
export const clusterSources = {
  "Kubernetes API": { noun: "the Kubernetes API", timeoutSeconds: 15, reasonOf: kubernetesReason },
  "nodes' rules": { noun: "the reading of the nodes' rules", timeoutSeconds: 20 },
  DNS: { noun: "DNS", timeoutSeconds: 10 },
} satisfies AskedSources;
