/** The cluster's address and credentials. */
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { PlainReason } from "../reasons/plainReason.ts";
import { KubeConfigKeepingConnections } from "./keptConnections.ts";

/**
 * @param file as kubectl's `--kubeconfig`. @default the files in KUBECONFIG, else ~/.kube/config, else the service account of the program's pod
 * @param context as kubectl's `--context`. @default the current context
 * @throws PlainReason if there is none, or none that names a cluster
 */
export function loadKubeconfig(file?: string, context?: string): KubeConfig {
  const named = file === undefined ? (process.env.KUBECONFIG ?? "").split(delimiter) : [file];
  const absent = named.find((each) => each !== "" && !existsSync(each));
  if (absent !== undefined) {
    throw new PlainReason(
      `there is no kubeconfig ${absent}; ${file === undefined ? "set KUBECONFIG to" : "name"} an existing file`,
    );
  }
  const config = new KubeConfigKeepingConnections();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (error) {
    const [problem = ""] = (error as Error).message.split("\n");
    throw new PlainReason(`the kubeconfig cannot be read: ${problem}`);
  }
  if (context !== undefined) choose(config, context);
  refuseNoCluster(config);
  return config;
}

/** @throws PlainReason if there is no such context */
function choose(config: KubeConfig, context: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
    throw new PlainReason(`the kubeconfig has no context "${context}"; ${known}`);
  }
  config.setCurrentContext(context);
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
