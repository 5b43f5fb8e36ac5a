/** Refusals of another kind of load balancer than the Service has. */
import { annotationNames } from "../annotations.ts";
import type { Refusal } from "./refusal.ts";

/** A Classic Load Balancer's name is NAME.REGION.elb.amazonaws.com, a Network Load Balancer's NAME.elb.REGION.amazonaws.com. */
const isClassic = (hostname: string): boolean => hostname.endsWith(".elb.amazonaws.com");

function created(wanted: "Network" | "Classic"): Refusal {
  const other = wanted === "Network" ? "Classic" : "Network";
  return {
    id: `created-as-${other.toLowerCase()}`,
    since: 36,
    refused: `a Service whose status names a ${other} Load Balancer: \`${annotationNames.type}\` was changed after that was made`,
    by: "controller",
    at: "always",
    source: "v1.36.2, aws_validations.go (validateServiceAnnotations)",
    reason({ service: { annotations, ingress } }) {
      const [hostname] = ingress;
      if (hostname === undefined || isClassic(hostname) === (wanted === "Classic")) return undefined;
      const type = annotations[annotationNames.type];
      return `${annotationNames.type} is ${type === undefined ? "missing" : `"${type}"`}, and the Service's status names ${hostname}, which is no ${wanted} Load Balancer; from v1.36 on, the controller allows no change of the kind: set the annotation as it was, or delete the Service and make it again`;
    },
  };
}

export const createdAsClassic = created("Network");
export const createdAsNetwork = created("Classic");
