import type { ExternalTrafficPolicy, Protocol, Scheme } from "./exposure.ts";

/** Defaults of the options that every cloud has. They are what Kubernetes and the clouds' controllers make of a Service without annotations. */
export const defaults = {
  /** https://kubernetes.io/docs/concepts/services-networking/service/#protocol-support */
  protocol: "TCP",
  /** https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer */
  scheme: "internet-facing",
  /** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
  externalTrafficPolicy: "Cluster",
} as const satisfies {
  protocol: Protocol;
  scheme: Scheme;
  externalTrafficPolicy: ExternalTrafficPolicy;
};

/** Inclusive bounds of numbers. */
export const ranges = {
  port: { min: 1, max: 65535 },
  /** kube-apiserver's default --service-node-port-range. https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
  nodePort: { min: 30000, max: 32767 },
} as const;

/** Whether Kubernetes may allocate the number as a node port. */
export const isNodePort = (port: number): boolean =>
  port >= ranges.nodePort.min && port <= ranges.nodePort.max;
