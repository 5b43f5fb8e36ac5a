/** The component's option for a load balancer that asks kube-proxy at a Service's healthCheckNodePort. */
import { withLocalCheck } from "../../../../components/aws/localCheck.ts";
import type { LocalCheckOptions } from "../../../../components/aws/localCheck.ts";
import type { HealthCheck } from "../../../../components/aws/options.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { freeNodePort } from "../../../manifests/freeNodePort.ts";
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
