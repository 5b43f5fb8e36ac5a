/** Refusals of a Service that gets a Classic Load Balancer: without the annotation for a Network Load Balancer. aws.go (EnsureLoadBalancer) */
import type { ServiceFacts } from "../../../../model/service.ts";
import { annotationPrefix } from "../../annotations/names.ts";
import { truth } from "../../annotations/truth.ts";
import { annotation, annotationNames } from "../annotations.ts";
import type { RefusalContext } from "./refusal.ts";
import { serviceRefusals } from "./service.ts";

/** What the controller checks for every load balancer. */
const common: ReadonlySet<string> = new Set([
  "session-affinity",
  "no-ports",
  "mixed-protocols",
  "source-ranges",
]);

/** aws_utils.go (backendProtocolMapping) */
const backendProtocols = ["https", "http", "ssl", "tcp"];

const flags = [
  "access-log-enabled",
  "connection-draining-enabled",
  "cross-zone-load-balancing-enabled",
] as const;
const numbers = [
  "access-log-emit-interval",
  "connection-draining-timeout",
  "connection-idle-timeout",
] as const;

/** The controller's reason; undefined if it makes the load balancer. */
export function classicRefusal(context: RefusalContext): string | undefined {
  const { service } = context;
  const commonReasons = serviceRefusals
    .filter(({ id }) => common.has(id))
    .map(
      ({ reason }) =>
        () =>
          reason(context),
    );
  const reasons: readonly (() => string | undefined)[] = [
    () => targetGroupAttributes(service),
    ...commonReasons,
    () => protocol(service),
    () => backendProtocol(service),
    () =>
      (service.loadBalancerIP ?? "") === ""
        ? undefined
        : `loadBalancerIP is ${service.loadBalancerIP}; it must not be set`,
    () => proxyProtocol(service),
    ...flags.map((name) => () => {
      const value = valueOf(service, name);
      return value === "" || truth(value) !== undefined
        ? undefined
        : `${annotationPrefix}${name} is "${value}"; allowed are true and false`;
    }),
    ...numbers.map((name) => () => {
      const value = valueOf(service, name);
      return value === "" || /^[+-]?\d+$/.test(value)
        ? undefined
        : `${annotationPrefix}${name} is "${value}"; it must be a whole number`;
    }),
  ];
  for (const reason of reasons) {
    const found = reason();
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueOf({ annotations }: ServiceFacts, name: string): string {
  return annotations[annotationPrefix + name] ?? "";
}

/** aws_validations.go (validateServiceAnnotations) */
function targetGroupAttributes(service: ServiceFacts): string | undefined {
  return annotation(service, "targetGroupAttributes") === undefined
    ? undefined
    : `${annotationNames.targetGroupAttributes} is allowed only for a Network Load Balancer`;
}

/** aws.go (checkProtocol) */
function protocol({ ports }: ServiceFacts): string | undefined {
  const other = ports.find((port) => port.protocol !== "TCP");
  return other === undefined
    ? undefined
    : `the Service's ports have the protocol ${other.protocol}; a Classic Load Balancer takes TCP only`;
}

/** aws.go (buildListener) */
function backendProtocol(service: ServiceFacts): string | undefined {
  const value = annotation(service, "backendProtocol") ?? "";
  return value === "" || backendProtocols.includes(value) || (annotation(service, "certificate") ?? "") === ""
    ? undefined
    : `${annotationNames.backendProtocol} is "${value}"; allowed are ${backendProtocols.join(", ")}`;
}

function proxyProtocol(service: ServiceFacts): string | undefined {
  const value = valueOf(service, "proxy-protocol");
  return value === "" || value === "*"
    ? undefined
    : `${annotationPrefix}proxy-protocol is "${value}"; allowed is "*"`;
}
