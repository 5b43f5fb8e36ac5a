/** Objects of the cluster, from the manifests of this folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiException } from "@kubernetes/client-node";
import type { KubernetesObject, KubernetesObjectApi } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { eventually } from "../../live/eventually.ts";

export function objectsIn(file: string): KubernetesObject[] {
  const text = readFileSync(join(import.meta.dirname, file), "utf8");
  return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
}

/** Deletes an object. Resolves once it is gone, and with it what a controller made for it. */
export async function deleted(objects: KubernetesObjectApi, object: KubernetesObject): Promise<void> {
  await objects.delete(object, undefined, undefined, undefined, undefined, "Background");
  const isGone = (): Promise<boolean> =>
    objects.read(object as KubernetesObject & { metadata: { name: string } }).then(
      () => false,
      (error: unknown) => error instanceof ApiException && error.code === 404,
    );
  await eventually(`${object.kind ?? ""} ${object.metadata?.name ?? ""} is gone`, isGone, 60_000);
}
