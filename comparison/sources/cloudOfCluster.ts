/** Finds a cluster's cloud from its nodes. */
import { cloudOfNodes } from "../clouds/index.ts";
import type { CloudReader } from "../clouds/reader.ts";
import { factsIn } from "../model/sourceResult.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import type { KubernetesReader } from "./kubernetes/reader.ts";

/**
 * Connects to the cluster's cloud. If the nodes cannot be read, it takes the first cloud of the list; the comparison then reports what it could not read,
 * and why.
 * @param environment variables for the cloud's SDK. @default the SDK's own settings
 */
export async function connectToCloud(
  kubernetes: Pick<KubernetesReader, "nodes">,
  environment?: Readonly<Record<string, string>>,
): Promise<CloudReader> {
  const ask = asking(clusterSources, { timeoutSeconds: {}, ended: new AbortController().signal });
  const nodes = await ask("Kubernetes API", (signal) => kubernetes.nodes(signal));
  const providerIds = (factsIn(nodes) ?? []).map(({ spec }) => spec?.providerID ?? "");
  return cloudOfNodes(providerIds).connect(environment);
}
