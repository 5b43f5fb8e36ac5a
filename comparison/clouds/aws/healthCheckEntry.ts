/** externalTrafficPolicy Local: only a LoadBalancer Service has a separate port for health checks, whichever controller serves it. */

/** What an entry of the catalogue says of it. */
export const healthCheckEntry = {
  id: "health-check-node-port",
  why: "With externalTrafficPolicy Local, Kubernetes reserves a healthCheckNodePort for LoadBalancer Services only; there kube-proxy tells whether the node has pods. In front of a NodePort Service, the check opens a connection to the node port.",
  affects:
    "roll-outs under the policy Local: the check fails when a node's last pod has ended, not when the pod begins to end",
  remedy:
    "set healthCheckNodePort of the NodePortExposure, use externalTrafficPolicy Cluster, or a LoadBalancer Service",
} as const;

/** Paths of the health checks on either side. */
export function checksIn(paths: readonly string[]): string[] {
  const found = paths.flatMap(
    (path) => /^loadBalancer \/ targetGroups \/ .+? \/ healthCheck(?= \/ )/.exec(path)?.[0] ?? [],
  );
  return [...new Set(found)];
}
