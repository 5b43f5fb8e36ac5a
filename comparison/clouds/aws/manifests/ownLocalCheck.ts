/** The component's option for a load balancer that asks kube-proxy at a Service's healthCheckNodePort. */
import { withLocalCheck } from "../../../../components/aws/localCheck.ts";
import type { LocalCheckOptions } from "../../../../components/aws/localCheck.ts";
import type { HealthCheck } from "../../../../components/aws/options.ts";
import { ranges } from "../../../../components/core/defaults.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { MadeFor } from "../../manifests.ts";
import type { Aws } from "../model.ts";
import { checkOfNodes, isOwnPort, timingBeside } from "./ownHealthCheck.ts";

/**
 * Undefined if the load balancer has another check, or if no number is free. A NodePort Service of a manifest exists without the second Service that the component makes for
 * this option, so it has no such check.
 */
export function ownLocalCheck(
  service: ServiceFacts,
  { made, service: asking }: MadeFor<Aws>,
  all: readonly ServiceFacts[],
): { readonly healthCheckNodePort: number; readonly healthCheck?: HealthCheck } | undefined {
  const [group] = made.loadBalancer.pools;
  if (group === undefined || service.type === "NodePort") return undefined;
  const check = checkOfNodes(group);
  // The component's asks kube-proxy over HTTP.
  if (check.protocol !== "HTTP" || !isOwnPort(check, asking)) return undefined;
  const healthCheckNodePort = freeNodePort(service, all);
  if (healthCheckNodePort === undefined) return undefined;
  const options: LocalCheckOptions = { externalTrafficPolicy: "Local", healthCheckNodePort };
  const { healthCheck = {} } = withLocalCheck(options);
  const timing = timingBeside(check, healthCheck, "Local");
  return { healthCheckNodePort, ...(Object.keys(timing).length === 0 ? {} : { healthCheck: timing }) };
}

/**
 * The option needs a number, which must be free in the cluster: here the lowest that none of the Services has, and that no Service before this one gets. Kubernetes itself allocates the
 * lowest ones last. https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
 */
function freeNodePort(service: ServiceFacts, all: readonly ServiceFacts[]): number | undefined {
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
