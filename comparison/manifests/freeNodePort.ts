/** A number for the component's port for health checks. */
import { ranges } from "../../components/core/defaults.ts";
import type { ServiceFacts } from "../model/service.ts";

/**
 * The option `healthCheckNodePort` needs a number, which must be free in the cluster: here the lowest that none of the Services has, and that no Service before this one gets. Kubernetes itself allocates the
 * lowest ones last. https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
 */
export function freeNodePort(service: ServiceFacts, all: readonly ServiceFacts[]): number | undefined {
  const taken = new Set(
    all.flatMap(({ ports, healthCheckNodePort }) => [
      ...ports.map(({ nodePort }) => nodePort),
      healthCheckNodePort,
    ]),
  );
  const { min, max } = ranges.nodePort;
  const free = Array.from({ length: max - min + 1 }, (_, index) => min + index).filter(
    (port) => !taken.has(port),
  );
  const others = all.filter(
    ({ type, externalTrafficPolicy: policy }) => type !== "NodePort" && policy === "Local",
  );
  return free[Math.max(0, others.indexOf(service))];
}
