/** Refusals of target groups and their health checks, of each port; targetGroupsOnAws.ts has what AWS says. */
import { truth } from "../../../truth.ts";
import { annotation, annotationNames, flag, int32, pairsOf } from "../annotations.ts";
import { checkProtocols } from "../healthCheck.ts";
import { hasIpv6Targets, isDualstack } from "../ipAddressTypes.ts";
import type { PortMapping } from "../portMappings.ts";
import { portAttributesName, preserveClientIp } from "../targetGroupAttributes.ts";
import { targetTypeOf } from "../targetType.ts";
import { upstream } from "../upstream.ts";
import { ofEachPort } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { isMap, isMapOfPort, isNumber, isTruth } from "./values.ts";

const build = "pkg/service/model_build_target_group.go";

const checkRefusals: readonly Refusal[] = [
  {
    id: "check-protocol",
    refused: `\`${annotationNames.healthCheckProtocol}\` besides TCP, HTTP and HTTPS`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckProtocol"),
    reason({ service }) {
      const value = annotation(service, "healthCheckProtocol");
      return value === undefined || checkProtocols.includes(value.toUpperCase())
        ? undefined
        : `unsupported health check protocol ${value}; allowed are TCP, HTTP and HTTPS`;
    },
  },
  {
    id: "check-port",
    refused: `\`${annotationNames.healthCheckPort}\` that is neither \`traffic-port\`, nor a number, nor a port's name`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckPort"),
    reason({ service }) {
      const value = annotation(service, "healthCheckPort");
      return value === undefined ||
        value === "traffic-port" ||
        int32(value) !== undefined ||
        service.ports.some(({ name }) => name === value)
        ? undefined
        : `failed to resolve healthCheckPort: unable to find port ${value} on service ${service.namespace}/${service.identity.name}`;
    },
  },
  {
    id: "check-port-with-name",
    refused: `\`${annotationNames.healthCheckPort}\` with the name of a port whose \`targetPort\` is a name, with pods as targets`,
    by: "controller",
    source: upstream(build, "buildTargetGroupHealthCheckPort"),
    reason({ service }) {
      const value = annotation(service, "healthCheckPort");
      if (value === undefined || targetTypeOf(service) === "instance" || int32(value) !== undefined)
        return undefined;
      const named = service.ports.find(({ name }) => name === value);
      return value === "traffic-port" || typeof named?.targetPort !== "string"
        ? undefined
        : `cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port; give the pods' port as a number instead of ${value}`;
    },
  },
  isNumber("healthCheckInterval"),
  isNumber("healthCheckTimeout"),
  isNumber("healthyThreshold"),
  isNumber("unhealthyThreshold"),
];

function clientAddress(id: string, name: (mapping: PortMapping) => string, suffix = ""): Refusal {
  return ofEachPort({
    id,
    refused: `\`${preserveClientIp}\` in \`${annotationNames.targetGroupAttributes}${suffix}\` with a word that Go's \`strconv.ParseBool\` does not know`,
    by: "controller",
    source: upstream(build, "validateAndParseAttributes"),
    of(mapping, { service }) {
      const value = pairsOf(service, name(mapping))[preserveClientIp];
      return value === undefined || truth(value) !== undefined
        ? undefined
        : `failed to parse attribute ${preserveClientIp}=${value}; allowed are true and false`;
    },
  });
}

const attributeRefusals: readonly Refusal[] = [
  // The annotation for all ports, and then the one for each.
  isMap("targetGroupAttributes", `\`${annotationNames.targetGroupAttributes}\``),
  clientAddress("client-address", () => annotationNames.targetGroupAttributes),
  isMapOfPort(
    "targetGroupAttributes",
    `\`${annotationNames.targetGroupAttributes}.PORT\``,
    ({ listenerPort }) => portAttributesName(listenerPort),
  ),
  clientAddress("client-address-of-port", ({ listenerPort }) => portAttributesName(listenerPort), ".PORT"),
  {
    id: "proxy-protocol-ports",
    refused: `\`${annotationNames.proxyProtocolPorts}\` with an item that is no number`,
    by: "controller",
    source: upstream(build, "buildTargetGroupAttributes"),
    reason({ service }) {
      const wrong = (annotation(service, "proxyProtocolPorts") ?? "")
        .split(",")
        .map((item) => item.trim())
        .find((item) => item !== "" && !/^[+-]?\d+$/.test(item));
      return wrong === undefined
        ? undefined
        : `invalid port number in proxy-protocol-per-target-group: ${wrong}`;
    },
  },
  {
    id: "proxy-protocol",
    refused: `\`${annotationNames.proxyProtocol}\` besides \`*\``,
    by: "controller",
    source: upstream(build, "buildTargetGroupAttributes"),
    reason({ service }) {
      const value = annotation(service, "proxyProtocol");
      return value === undefined || value === "*"
        ? undefined
        : `invalid value ${value} for Load Balancer proxy protocol v2 annotation, only value currently supported is *`;
    },
  },
];

export const targetGroupRefusals: readonly Refusal[] = [
  ofEachPort({
    id: "node-ports",
    refused: "nodes as targets of a port without a node port, as with `allocateLoadBalancerNodePorts: false`",
    by: "controller",
    source: upstream(build, "buildTargetType"),
    of: ({ servicePort: { nodePort } }, { service }) =>
      targetTypeOf(service) === "instance" && nodePort === undefined
        ? `unable to support instance target type with an unallocated NodePort; use ${annotationNames.targetType}: ip, or let the Service have node ports`
        : undefined,
  }),
  ...checkRefusals,
  ...attributeRefusals,
  {
    id: "families",
    refused: `a Service with IPv6, without \`${annotationNames.ipAddressType}: dualstack\``,
    by: "controller",
    source: upstream(build, "buildTargetGroupIPAddressType"),
    reason: ({ service }) =>
      hasIpv6Targets(service) && !isDualstack(service)
        ? "unsupported IPv6 configuration, lb not dual-stack"
        : undefined,
  },
  isMap(
    "targetNodeLabels",
    `\`${annotationNames.targetNodeLabels}\`, for nodes as targets`,
    (service) => targetTypeOf(service) === "instance",
  ),
  isTruth(
    "manageNodeRules",
    (service) => flag(service, "withoutGroups") === true,
    "truth-manageNodeRules-without-groups",
  ),
  isTruth("multiCluster"),
];
