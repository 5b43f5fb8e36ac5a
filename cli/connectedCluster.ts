/** A cluster and its cloud, connected as a command line asks for them. */
import { promises as dns } from "node:dns";
import type { KubeConfig } from "@kubernetes/client-node";
import { connectToCloud } from "../comparison/sources/cloudOfCluster.ts";
import type { Sources } from "../comparison/sources/exposure.ts";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import type { ChosenCluster } from "./chosenCluster.ts";
import { isOnThisMachine } from "./labServer.ts";

/**
 * Uses the kubeconfig that kubectl would use. If the cluster is the running lab, it uses the DNS of the lab's client and the lab's way into the nodes.
 * @param environment variables for the cloud's SDK. @default the settings and credentials that the cloud's own tools would use
 */
export async function connectedCluster(
  { kubeconfig, context }: ChosenCluster,
  signal: AbortSignal,
  environment?: Readonly<Record<string, string>>,
): Promise<Sources> {
  const load = (): KubeConfig => loadKubeconfig(kubeconfig, context);
  const kubernetes = kubernetesReader(load);
  const server = serverIn(load);
  // The lab's modules are loaded only where the cluster can be the lab.
  const lab = isOnThisMachine(server)
    ? (await import("./labAccess.ts")).labAccess(server, signal)
    : undefined;
  const cloud = await connectToCloud(kubernetes, environment);
  const resolve4 = cloud.namesArePublic ? { resolve4: (name: string) => dns.resolve4(name) } : {};
  return { kubernetes, cloud, ...(lab ?? resolve4) };
}

/** Undefined without a kubeconfig: the questions to the Kubernetes API then say what is wrong with it. */
function serverIn(load: () => KubeConfig): string | undefined {
  try {
    return load().getCurrentCluster()?.server;
  } catch {
    return undefined;
  }
}
