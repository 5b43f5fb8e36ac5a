/** Objects of a cluster whose deletion has begun and not ended. */
import type { V1Namespace, V1Service } from "@kubernetes/client-node";
import type { RemovableOrphan } from "../../model/orphan.ts";

export function unfinished(
  services: readonly V1Service[],
  namespaces: readonly V1Namespace[],
): RemovableOrphan[] {
  return [...unfinishedServices(services), ...unfinishedNamespaces(namespaces)];
}

/** A Service stays until each finalizer is gone, and only whoever set one removes it: https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/ */
export function unfinishedServices(services: readonly V1Service[]): RemovableOrphan[] {
  return services.flatMap(({ metadata }): RemovableOrphan[] => {
    if (metadata?.deletionTimestamp === undefined) return [];
    const { name = "", namespace = "", deletionTimestamp, finalizers = [] } = metadata;
    const word = finalizers.length === 1 ? "finalizer" : "finalizers";
    return [
      {
        kind: "Service",
        name: `${namespace}/${name}`,
        id: `${namespace}/${name}`,
        service: `${namespace}/${name}`,
        reason: `it is being deleted since ${since(deletionTimestamp)} and waits for its ${word} ${finalizers.join(", ")}, which a running controller removes; if there is none any more, remove the load balancer first, then the ${word} by hand`,
        monthlyDollars: 0,
        parts: [],
        commands: [
          `kubectl patch service ${name} --namespace ${namespace} --type merge --patch '{"metadata":{"finalizers":null}}'`,
        ],
      },
    ];
  });
}

/** The namespace controller says in conditions what it still finds: https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/controller/namespace/deletion/status_condition_utils.go */
const waitingFor = ["NamespaceContentRemaining", "NamespaceFinalizersRemaining"];
const failing = [
  "NamespaceDeletionDiscoveryFailure",
  "NamespaceDeletionGroupVersionParsingFailure",
  "NamespaceDeletionContentFailure",
];

export function unfinishedNamespaces(namespaces: readonly V1Namespace[]): RemovableOrphan[] {
  return namespaces.flatMap(({ metadata, status }): RemovableOrphan[] => {
    if (metadata?.deletionTimestamp === undefined) return [];
    const { name = "", deletionTimestamp } = metadata;
    const messages = [...failing, ...waitingFor].flatMap(
      (type) =>
        status?.conditions?.find((condition) => condition.type === type && condition.status === "True")
          ?.message ?? [],
    );
    const details = messages.length === 0 ? "" : `: ${messages.join("; ")}`;
    return [
      {
        kind: "namespace",
        name,
        id: name,
        reason: `it is being deleted since ${since(deletionTimestamp)}${details}`,
        monthlyDollars: 0,
        parts: [],
        // It ends by itself with its last object. Its own finalizer must not be removed by hand: the objects would stay in etcd.
        commands: [],
      },
    ];
  });
}

/** The client's type says Date, and JSON has text. */
const since = (time: Date): string => new Date(time).toISOString();
