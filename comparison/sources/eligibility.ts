/** Services can be compared if their type is NodePort or LoadBalancer, and they are complete. */
import type { ServiceFacts } from "../model/service.ts";
import type { WarningFacts } from "../model/warning.ts";
import { warningInWords } from "../result/words.ts";
import type { ServiceRef } from "./kubernetes/reader.ts";

/** There is nothing to compare. The reasons are in the Services, not in a source. */
export class NotComparable extends Error {
  readonly reasons: readonly string[];

  /** @param reasons a sentence for each Service that can't be compared */
  constructor(reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.reasons = reasons;
  }
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types */
const whatOthersAre: Readonly<Record<string, string>> = {
  ClusterIP: "which is reachable only inside the cluster",
  ExternalName: "which is an alias for an external name, and forwards nothing",
};

/**
 * @param service undefined if the Service does not exist
 * @param isBeingDeleted whether it has a deletion timestamp
 * @returns why it cannot be compared, whatever the cloud says; undefined if it can
 */
export function ineligibility(
  ref: ServiceRef,
  service: ServiceFacts | undefined,
  isBeingDeleted = false,
): string | undefined {
  const name = `Service ${ref.namespace}/${ref.name}`;
  if (service === undefined)
    return `there is no ${name}; kubectl get services --all-namespaces lists all Services`;
  if (service.type !== "NodePort" && service.type !== "LoadBalancer") {
    return (
      `${name} is of type ${service.type}, ${whatOthersAre[service.type] ?? "which is unknown"}; only NodePort and LoadBalancer can be compared: ` +
      "kubectl get services --all-namespaces shows the types"
    );
  }
  if (isBeingDeleted) {
    return `${name} is being deleted, and waits for ${service.finalizers.join(", ") || "nothing"}; compare another Service`;
  }
  if (service.ports.length === 0)
    return `${name} has no ports, so nothing can reach it; add at least one under spec.ports`;
  return undefined;
}

/** Whether a LoadBalancer Service still waits for its load balancer. */
export function isPending({ type, ingress }: ServiceFacts): boolean {
  return type === "LoadBalancer" && ingress.length === 0;
}

/**
 * Why a pending Service has no load balancer: what the controller's model knows, then the last warning.
 * @param reason undefined if the model knows none
 * @param warnings the last one first
 */
export function pendingReason(
  ref: ServiceRef,
  reason: string | undefined,
  warnings: readonly WarningFacts[],
): string {
  const [last] = warnings;
  const sentences = [
    `Service ${ref.namespace}/${ref.name} has no load balancer yet${reason === undefined ? "" : `: ${reason}`}`,
    ...(last === undefined ? [] : [`its last warning is ${warningInWords(last)}`]),
    ...(reason === undefined && last === undefined
      ? [
          `its events show what the controller is doing: kubectl describe service ${ref.name} --namespace ${ref.namespace}`,
        ]
      : []),
  ];
  return sentences.join("; ");
}

/** On a cluster that is not on the cloud, no controller of the cloud makes load balancers. */
export function notOnTheCloud(cloud: string, providerIds: readonly string[]): string {
  const example = providerIds.find((id) => id !== "");
  const shown = example === undefined ? "without a providerID" : `providerID ${example}`;
  return (
    `${providerIds.length === 1 ? "the cluster's node is no instance" : `none of the cluster's ${providerIds.length} nodes is an instance`} on ${cloud} (${shown}), so no load balancer of ${cloud} leads to the Services; ` +
    "if a Service has an address, another provider gave it, such as MetalLB, k3s's ServiceLB or cloud-provider-kind"
  );
}
