/** Values that a plan or a prediction does not know yet. */

/** Stands for a value in a plan or a prediction that only the update, or the cloud, determines. */
export const later = "known after the update";
export type Later = typeof later;

/** The same for the port where kube-proxy answers health checks. Its number is not known, but it is not one of the node ports. */
export const laterForHealthChecks = "known after the update, for health checks";

/** A node's port. Kubernetes may not have allocated it yet. */
export type NodePort = number | Later | typeof laterForHealthChecks;

/** The name of an object with `generateName`, in a manifest: the API server adds five letters. */
export function generatedName(prefix: string): string {
  return `${prefix}${ofApiServer}`;
}

const ofApiServer = "(generated)";

export function isNameKnown(name: string): boolean {
  return name !== later && !name.endsWith(ofApiServer);
}
