/** What is not known yet in a plan or a prediction. */

/** Stands for what only an update, or the cloud, can know: in a plan and in a prediction. */
export const later = "known after the update";
export type Later = typeof later;

/** The same for a port where kube-proxy answers health checks: which one is not known, but that it is none of the node ports. */
export const laterForHealthChecks = "known after the update, for health checks";

/** Port of a node that Kubernetes may still have to allocate. */
export type NodePort = number | Later | typeof laterForHealthChecks;
