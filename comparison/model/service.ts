/** A Service and its endpoints, in the terms of the Kubernetes API. */
import { isNameKnown, later } from "./later.ts";
import type { NodePort } from "./later.ts";
import type { Identity, Owner } from "./owner.ts";

export interface ServicePortFacts {
  readonly name: string;
  readonly protocol: string;
  readonly appProtocol?: string;
  readonly port: number;
  readonly targetPort: number | string;
  /** None if the Service reserves none. */
  readonly nodePort?: NodePort;
}

export interface EndpointFacts {
  readonly pod: Identity;
  readonly address: string;
  /** The pod's port for each of the Service's ports, such as `http: 8080/TCP`. */
  readonly ports: readonly string[];
  readonly node: string;
  readonly zone?: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ */
export interface ServiceFacts {
  readonly identity: Identity;
  readonly namespace: string;
  readonly owner: Owner;
  readonly type: string;
  readonly loadBalancerClass?: string;
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** An address that the load balancer should get. Deprecated; most clouds ignore or refuse it. */
  readonly loadBalancerIP?: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly clusterIPs: readonly string[];
  readonly ipFamilies: readonly string[];
  readonly ipFamilyPolicy: string;
  readonly externalIPs: readonly string[];
  readonly ports: readonly ServicePortFacts[];
  readonly externalTrafficPolicy: string;
  readonly internalTrafficPolicy: string;
  readonly trafficDistribution?: string;
  readonly sessionAffinity: string;
  /** How long a returning client keeps its pod; only with ClientIP. */
  readonly sessionAffinitySeconds?: number;
  readonly publishNotReadyAddresses: boolean;
  /** The labels that make kube-proxy leave the Service to another proxy. It serves a Service that has none of them. */
  readonly withoutKubeProxy?: string;
  /** As they are written. Kubernetes reads networks (addresses.ts, `networksOf`), and some controllers pass on what is written. */
  readonly loadBalancerSourceRanges: readonly string[];
  /** Its own, or that of a second Service, which exists for health checks only. */
  readonly healthCheckNodePort?: NodePort;
  /** `status.loadBalancer.ingress`: host names or addresses. */
  readonly ingress: readonly string[];
  readonly finalizers: readonly string[];
  /** Whether it is being deleted and only waits for its finalizers. */
  readonly isBeingDeleted?: true;
  /** Annotations for a load balancer's controller, by full name. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels that are named like such annotations; nobody reads them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** As tags name a Service. */
export function namespacedName({ namespace, identity }: ServiceFacts): string {
  return namespace === later || !isNameKnown(identity.name) ? later : `${namespace}/${identity.name}`;
}

/** https://github.com/kubernetes/api/blob/v0.35.4/core/v1/annotation_key_constants.go (AnnotationLoadBalancerSourceRangesKey) */
export const sourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/v1/defaults.go (SetDefaults_Service) */
export const defaultAffinitySeconds = 10800;
