/** pkg/service/model_build_target_group.go (buildTargetGroupAttributes, buildPortSpecificTargetGroupAttributes, buildPreserveClientIPFlag) */
import type { ServiceFacts } from "../../../model/service.ts";
import { truth } from "../../truth.ts";
import { annotation, annotationNames, pairsOf } from "./annotations.ts";
import { targetTypeOf } from "./targetType.ts";

const proxyProtocol = "proxy_protocol_v2.enabled";
export const preserveClientIp = "preserve_client_ip.enabled";

/** The annotation for one port, such as `...-target-group-attributes.80`. */
export function portAttributesName(port: number): string {
  return `${annotationNames.targetGroupAttributes}.${port}`;
}

/** What it sends for the target group of a port; a group keeps what was sent before and is not any longer. */
export function sentAttributes(service: ServiceFacts, port: number): Readonly<Record<string, string>> {
  const ofPort = Object.entries(pairsOf(service, portAttributesName(port)));
  const sent: Readonly<Record<string, string>> = {
    [proxyProtocol]: "false",
    ...pairsOf(service, annotationNames.targetGroupAttributes),
    // An empty value keeps the one for all ports.
    ...Object.fromEntries(ofPort.filter(([, value]) => value !== "")),
    ...proxyProtocolOf(service, port),
  };
  return Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => key !== proxyProtocol || value !== ""),
  );
}

/** Two annotations come before the attribute. */
function proxyProtocolOf(service: ServiceFacts, port: number): Readonly<Record<string, string>> {
  if (annotation(service, "proxyProtocol") !== undefined) return { [proxyProtocol]: "true" };
  const ports = annotation(service, "proxyProtocolPorts");
  if (ports === undefined) return {};
  const isListed = ports.split(",").some((item) => item.trim() === String(port));
  return { [proxyProtocol]: String(isListed) };
}

export function keepsClientAddress(service: ServiceFacts, port: number): boolean {
  const byDefault = targetTypeOf(service) === "instance";
  return truth(sentAttributes(service, port)[preserveClientIp] ?? String(byDefault)) ?? byDefault;
}
