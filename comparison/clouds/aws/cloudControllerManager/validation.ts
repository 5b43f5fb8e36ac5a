/** Validation by the controller before it makes anything. */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames, keyValues } from "./annotations.ts";
import { Refused } from "./refused.ts";

/**
 * In the controller's order: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_validations.go (validateServiceAnnotations),
 * then aws.go (EnsureLoadBalancer).
 *
 * @throws Refused
 */
export function validate(service: ServiceFacts): void {
  for (const name of ["securityGroups", "extraSecurityGroups"] as const) {
    if (annotation(service, name) !== undefined) {
      throw new Refused(
        `${annotationNames[name]} is not allowed for a Network Load Balancer, which gets no security group`,
      );
    }
  }
  validateTargetGroupAttributes(service);
  const { sessionAffinity, ports } = service;
  if (sessionAffinity !== "None") {
    throw new Refused(`sessionAffinity is ${sessionAffinity}; allowed is None`);
  }
  if (ports.length === 0) throw new Refused("the Service has no ports; it needs at least one");
  // aws.go (checkMixedProtocol)
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))];
  if (protocols.length > 1) {
    throw new Refused(
      `the Service's ports have the protocols ${protocols.join(" and ")}; all ports must have the same protocol: make a Service for each`,
    );
  }
  // aws.go (checkProtocol)
  for (const protocol of protocols) {
    if (protocol !== "TCP" && protocol !== "UDP") {
      throw new Refused(`the Service's ports have the protocol ${protocol}; allowed are TCP and UDP`);
    }
  }
}

const settable = ["preserve_client_ip.enabled", "proxy_protocol_v2.enabled"];

/** aws_validations.go (validateServiceAnnotationTargetGroupAttributes) */
function validateTargetGroupAttributes(service: ServiceFacts): void {
  const where = annotationNames.targetGroupAttributes;
  const attributes = keyValues(annotation(service, "targetGroupAttributes") ?? "");
  for (const [key, value] of Object.entries(attributes)) {
    if (!settable.includes(key)) {
      throw new Refused(`${where} sets ${key}; allowed are ${settable.join(" and ")}`);
    }
    if (value !== "true" && value !== "false") {
      throw new Refused(`${where} sets ${key} to "${value}"; allowed are true and false`);
    }
  }
  const isUdp = service.ports.some(({ protocol }) => protocol === "UDP");
  if (isUdp && attributes["preserve_client_ip.enabled"] === "false") {
    throw new Refused(
      `${where} sets preserve_client_ip.enabled to false; AWS allows only true for UDP ports`,
    );
  }
}
