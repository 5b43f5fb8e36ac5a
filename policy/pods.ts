/** The pods that a resource declares. */
import { listOf, recordOf } from "./resource.ts";
import type { DeclaredResource, Properties } from "./resource.ts";

/** Kinds with a template of pods, by type: where the template is. https://kubernetes.io/docs/concepts/workloads/controllers/ */
const templates: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:Pod": [],
  "kubernetes:core/v1:ReplicationController": ["spec", "template"],
  "kubernetes:apps/v1:Deployment": ["spec", "template"],
  "kubernetes:apps/v1:DaemonSet": ["spec", "template"],
  "kubernetes:apps/v1:ReplicaSet": ["spec", "template"],
  "kubernetes:apps/v1:StatefulSet": ["spec", "template"],
  "kubernetes:batch/v1:Job": ["spec", "template"],
  "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template"],
};

/** Its pods' metadata and spec; undefined if it makes none. */
export function podOf({
  type,
  props,
}: Pick<DeclaredResource, "type" | "props">): { metadata: Properties; spec: Properties } | undefined {
  const path = templates[type.replace(/Patch$/, "")];
  if (path === undefined) return undefined;
  const template = path.reduce<Properties>((at, key) => recordOf(at[key]), props);
  return { metadata: recordOf(template.metadata), spec: recordOf(template.spec) };
}

export const containersOf = (spec: Properties): Properties[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => listOf(spec[list]).map(recordOf));
