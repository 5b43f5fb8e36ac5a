/** The pods that a resource declares. */
import { recordOf } from "./resource.ts";
import type { DeclaredResource, Properties } from "./resource.ts";

/** Kinds with a template of pods, by type: where its spec is. https://kubernetes.io/docs/concepts/workloads/controllers/ */
const templates: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:Pod": ["spec"],
  "kubernetes:core/v1:ReplicationController": ["spec", "template", "spec"],
  "kubernetes:apps/v1:Deployment": ["spec", "template", "spec"],
  "kubernetes:apps/v1:DaemonSet": ["spec", "template", "spec"],
  "kubernetes:apps/v1:ReplicaSet": ["spec", "template", "spec"],
  "kubernetes:apps/v1:StatefulSet": ["spec", "template", "spec"],
  "kubernetes:batch/v1:Job": ["spec", "template", "spec"],
  "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** The spec of its pods; undefined if it makes none. */
export function podSpecOf({ type, props }: Pick<DeclaredResource, "type" | "props">): Properties | undefined {
  return templates[type.replace(/Patch$/, "")]?.reduce<Properties>((at, key) => recordOf(at[key]), props);
}
