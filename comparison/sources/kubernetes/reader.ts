/** Questions to the Kubernetes API, in its terms. */
import { ApiException, CoreV1Api, DiscoveryV1Api, Observable, VersionApi } from "@kubernetes/client-node";
import type {
  ConfigurationOptions,
  KubeConfig,
  RequestContext,
  ResponseContext,
  CoreV1Event,
  V1EndpointSlice,
  V1Namespace,
  V1Node,
  V1Service,
} from "@kubernetes/client-node";

export interface ServiceRef {
  readonly namespace: string;
  readonly name: string;
  /** Name or id of the load balancer to compare, where several lead to the Service. @default the only one */
  readonly loadBalancer?: string;
}

export interface KubernetesReader {
  /** Undefined if the Service does not exist. */
  readonly service: (ref: ServiceRef, signal: AbortSignal) => Promise<V1Service | undefined>;
  readonly endpointSlices: (ref: ServiceRef, signal: AbortSignal) => Promise<readonly V1EndpointSlice[]>;
  /** Those of all namespaces. */
  readonly services: (signal: AbortSignal) => Promise<readonly V1Service[]>;
  readonly nodes: (signal: AbortSignal) => Promise<readonly V1Node[]>;
  readonly namespaces: (signal: AbortSignal) => Promise<readonly V1Namespace[]>;
  /** The API server's, such as `v1.35.4`. */
  readonly version: (signal: AbortSignal) => Promise<string>;
  /** The Service's warnings; the API server keeps them for an hour. */
  readonly warnings: (ref: ServiceRef, signal: AbortSignal) => Promise<readonly CoreV1Event[]>;
}

/** @param load reads the kubeconfig. Each question calls it, so that its failure counts as the source's failure. */
export function kubernetesReader(load: () => KubeConfig): KubernetesReader {
  return {
    service: async (ref, signal) => {
      const api = load().makeApiClient(CoreV1Api);
      try {
        return await api.readNamespacedService({ ...ref }, endedBy(signal));
      } catch (error) {
        if (error instanceof ApiException && error.code === 404) return undefined;
        throw error;
      }
    },
    endpointSlices: async ({ namespace, name }, signal) => {
      const api = load().makeApiClient(DiscoveryV1Api);
      const labelSelector = `kubernetes.io/service-name=${name}`;
      return (await api.listNamespacedEndpointSlice({ namespace, labelSelector }, endedBy(signal))).items;
    },
    warnings: async ({ namespace, name }, signal) => {
      const api = load().makeApiClient(CoreV1Api);
      const fieldSelector = `involvedObject.kind=Service,involvedObject.name=${name},type=Warning`;
      return (await api.listNamespacedEvent({ namespace, fieldSelector }, endedBy(signal))).items;
    },
    services: async (signal) =>
      (await load().makeApiClient(CoreV1Api).listServiceForAllNamespaces({}, endedBy(signal))).items,
    version: async (signal) => (await load().makeApiClient(VersionApi).getCode(endedBy(signal))).gitVersion,
    namespaces: async (signal) =>
      (await load().makeApiClient(CoreV1Api).listNamespace({}, endedBy(signal))).items,
    nodes: async (signal) => (await load().makeApiClient(CoreV1Api).listNode({}, endedBy(signal))).items,
  };
}

/** The library takes a signal only through a middleware. */
function endedBy(signal: AbortSignal): ConfigurationOptions {
  const unchanged = <T>(value: T): Observable<T> => new Observable(Promise.resolve(value));
  return {
    middleware: [
      {
        pre: (request: RequestContext) => {
          request.setSignal(signal);
          return unchanged(request);
        },
        post: (response: ResponseContext) => unchanged(response),
      },
    ],
    middlewareMergeStrategy: "append",
  };
}
