/** Which Services can be compared: those of type NodePort and LoadBalancer, once they are complete. */
import type { ServiceFacts } from "../model/service.ts";
import type { ServiceRef } from "./kubernetes/reader.ts";

/** There is nothing to compare, for reasons that lie in the Services and not in a source. */
export class NotComparable extends Error {
  /** @param reasons a sentence for each Service that can't be compared */
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("\n"));
  }
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types */
const whatOthersAre: Readonly<Record<string, string>> = {
  ClusterIP: "which is reached from inside the cluster only",
  ExternalName: "which is another name for something outside, and forwards nothing",
};

/**
 * @param service none if the API knows no such Service
 * @param isBeingDeleted whether it has a deletion timestamp
 * @returns why it can't be compared; nothing if it can
 */
export function ineligibility(
  ref: ServiceRef,
  service: ServiceFacts | undefined,
  isBeingDeleted = false,
): string | undefined {
  const name = `Service ${ref.namespace}/${ref.name}`;
  if (service === undefined)
    return `there is no ${name}; kubectl get services --all-namespaces lists those that there are`;
  if (service.type !== "NodePort" && service.type !== "LoadBalancer") {
    return (
      `${name} is of type ${service.type}, ${whatOthersAre[service.type] ?? "which is unknown here"}; only NodePort and LoadBalancer can be compared: ` +
      "kubectl get services --all-namespaces shows the types"
    );
  }
  if (isBeingDeleted) {
    return `${name} is being deleted, and waits for ${service.finalizers.join(", ") || "nothing"}; compare one that stays`;
  }
  if (service.ports.length === 0)
    return `${name} has no ports: nothing can reach it; give it at least one under spec.ports`;
  if (service.type === "LoadBalancer" && service.ingress.length === 0) {
    return (
      `${name} has no load balancer yet; its events say what the controller is doing: ` +
      `kubectl describe service ${ref.name} --namespace ${ref.namespace}`
    );
  }
  return undefined;
}
