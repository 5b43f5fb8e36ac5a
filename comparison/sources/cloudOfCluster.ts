/** Which cloud a cluster is on. Its nodes say it. */
import { cloudOfNodes } from "../clouds/index.ts";
import type { CloudReader } from "../clouds/reader.ts";
import { factsIn } from "../model/sourceResult.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import type { KubernetesReader } from "./kubernetes/reader.ts";

/**
 * Connects to the cluster's cloud. Where the nodes cannot be read, it is the first in the list of clouds: the comparison then says what it could not
 * read, and why.
 * @param environment variables that the cloud's SDK understands. @default what the SDK finds by itself
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
