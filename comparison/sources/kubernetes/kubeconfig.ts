/** The cluster's address and credentials. */
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { PlainReason } from "../reasons/plainReason.ts";

/**
 * @param file as kubectl's `--kubeconfig`. @default the files in KUBECONFIG, else ~/.kube/config, else the service account of the program's pod
 * @throws PlainReason if there is none, or none that names a cluster
 */
export function loadKubeconfig(file?: string): KubeConfig {
  const named = file === undefined ? (process.env.KUBECONFIG ?? "").split(delimiter) : [file];
  const absent = named.find((each) => each !== "" && !existsSync(each));
  if (absent !== undefined) {
    throw new PlainReason(`there is no kubeconfig ${absent}; set KUBECONFIG to an existing file`);
  }
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (error) {
    const [problem = ""] = (error as Error).message.split("\n");
    throw new PlainReason(`the kubeconfig cannot be read: ${problem}`);
  }
  refuseNoCluster(config);
  return config;
}

/** @throws PlainReason that names the missing context and the existing ones */
function refuseNoCluster(config: KubeConfig): void {
  // The library's fallback if it finds no kubeconfig.
  if (config.getCurrentCluster()?.server === "http://localhost:8080") {
    throw new PlainReason("no kubeconfig found: neither KUBECONFIG nor ~/.kube/config names a cluster");
  }
  if (config.getCurrentCluster() !== null) return;
  const contexts = config.getContexts().map(({ name }) => name);
  // It may be missing, although the library's type denies it.
  const current = (config.getCurrentContext() as string | undefined) ?? "";
  const problem = `the kubeconfig has no cluster for its current context${current === "" ? ", which is not set" : ` "${current}"`}`;
  throw new PlainReason(
    contexts.length === 0
      ? `${problem}; it has no contexts at all`
      : `${problem}; choose one with kubectl config use-context: ${contexts.join(", ")}`,
  );
}
