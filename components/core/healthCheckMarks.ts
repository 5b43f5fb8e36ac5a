/** By what a Service for health checks only, and the Service that it belongs to, are recognised. */

/**
 * A class of load balancers that nobody serves. A controller leaves a Service alone if it has the class of another one, and the cluster's default controllers leave alone
 * every Service with a class. https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
 */
export const healthCheckClass = "exposure/health-check-only";

/** On the Service that takes the traffic: the port on which kube-proxy tells whether a node has a pod for it. */
export const healthCheckAnnotation = "exposure/health-check-node-port";

/** The port that the annotations name; undefined if they name none. */
export function annotatedHealthCheckNodePort(
  annotations: Readonly<Record<string, string>> = {},
): number | undefined {
  const port = annotations[healthCheckAnnotation];
  return port === undefined || !/^\d+$/.test(port) ? undefined : Number(port);
}
