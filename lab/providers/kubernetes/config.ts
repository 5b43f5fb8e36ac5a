/** The plug-in's configuration: `kubernetes:*` keys of the stack. */
import type { ProviderArgs } from "@pulumi/kubernetes/provider.js";
import { ConfigError, configurationFailures } from "../configuration.ts";
import type { Variables } from "../configuration.ts";
import type { Failure } from "../protocol.ts";
import { officialPlugin, type Mutable } from "./kinds.ts";

export interface Config {
  /** Path or content. Undefined means KUBECONFIG, ~/.kube/config or the pod's service account. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
  /** The namespace of objects that have none. Undefined means the context's. */
  readonly namespace: string | undefined;
  /** Takes fields over from other field managers. */
  readonly patchForce: boolean;
  readonly mutable: Mutable;
  /** Forgets objects of an unreachable cluster. */
  readonly deleteUnreachable: boolean;
}

const keys = [
  "cluster",
  "clusterIdentifier",
  "context",
  "deleteUnreachable",
  "enableConfigMapMutable",
  "enablePatchForce",
  "enableSecretMutable",
  "enableServerSideApply",
  "kubeconfig",
  "namespace",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
] as const satisfies readonly (keyof ProviderArgs)[];

type Key = (typeof keys)[number];

const refuse = (key: Key, reason: string): ConfigError => new ConfigError("kubernetes", key, reason);

/** The official plug-in's environment variables: https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
const environmentNames: Readonly<Partial<Record<Key, string>>> = {
  deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
};

/** @throws {ConfigError} naming the key, the value and what is expected */
export function parseConfig(variables: Variables, environment: NodeJS.ProcessEnv = process.env): Config {
  const flag = (key: Key): boolean => {
    const name = environmentNames[key];
    const value = variables[key] ?? (name === undefined ? undefined : environment[name]) ?? "";
    if (!["", "true", "false"].includes(value))
      throw refuse(key, `expected true or false, got ${JSON.stringify(value)}`);
    return value === "true";
  };
  const given = (key: Key): string | undefined => (variables[key] === "" ? undefined : variables[key]);
  if (variables.enableServerSideApply === "false")
    throw refuse(
      "enableServerSideApply",
      `the lab's plug-in only supports server-side apply; ${officialPlugin}`,
    );
  return {
    kubeconfig: given("kubeconfig"),
    context: given("context"),
    cluster: given("cluster"),
    namespace: given("namespace"),
    patchForce: flag("enablePatchForce"),
    mutable: { configMaps: flag("enableConfigMapMutable"), secrets: flag("enableSecretMutable") },
    deleteUnreachable: flag("deleteUnreachable"),
  };
}

/** The faults of the configuration. */
export const configFailures = (variables: Variables): Failure[] =>
  configurationFailures(variables, { pluginName: "kubernetes", keys, officialPlugin, parse: parseConfig });
