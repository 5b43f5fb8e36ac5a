/** Refusals of listeners. */
import { alpnPolicies, certificateArn } from "../../../../../components/aws/tls.ts";
import { tooManyPorts } from "../../refusals.ts";
import type { ServicePortFacts } from "../../../../model/service.ts";
import { annotation, annotationNames, list } from "../annotations.ts";
import { mergesProtocols, portMappings } from "../portMappings.ts";
import { listenerAttributes } from "../../defaults.ts";
import { listenerAttributesName, sentOfListener } from "../listeners.ts";
import { upstream } from "../upstream.ts";
import { ofEachPort } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { refusedValue } from "./attributeValues.ts";
import { isMapOfPort } from "./values.ts";

const build = "pkg/service/model_build_listener.go";

const listenerAttributeSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html";
const allowedAlpn: readonly string[] = alpnPolicies;

function terminatesTls(service: Parameters<typeof portMappings>[0]): boolean {
  return portMappings(service).some(({ listenerProtocol }) => listenerProtocol === "TLS");
}

/** validateMultiProtocolUsage. Kubernetes has each protocol once for a number, so two have different ones. */
function cannotMerge(ports: readonly ServicePortFacts[]): string {
  const other = ports.find(({ protocol }) => protocol !== "TCP" && protocol !== "UDP");
  return ports.length === 2
    ? `unsupported protocol for merging: ${other?.protocol ?? ""}`
    : `can only merge two ports, not ${ports.length}`;
}

export const portRefusals: readonly Refusal[] = [
  {
    id: "merged-protocols",
    refused: `ports with the same number that are not one TCP and one UDP port, with \`${annotationNames.tcpUdp}: "true"\``,
    by: "controller",
    source: upstream(build, "validateMultiProtocolUsage"),
    reason({ service }) {
      if (!mergesProtocols(service)) return undefined;
      const numbers = [...new Set(service.ports.map(({ port }) => port))];
      const sets = numbers.map((number) => service.ports.filter(({ port }) => port === number));
      const wrong = sets.find(
        (ports) =>
          ports.length > 1 &&
          ports
            .map(({ protocol }) => protocol)
            .sort()
            .join() !== "TCP,UDP",
      );
      return wrong === undefined
        ? undefined
        : `${cannotMerge(wrong)}; port ${wrong[0]?.port ?? ""} has ${wrong.map(({ protocol }) => protocol).join(" and ")}, and only TCP and UDP can be merged`;
    },
  },
  {
    id: "tls-ports",
    refused: `\`${annotationNames.sslPorts}\` with an item that is no port's number or name`,
    by: "controller",
    source: upstream(build, "validateTLSPortsSet"),
    reason({ service }) {
      const unused = (list(service, "sslPorts") ?? []).filter(
        (item) => !service.ports.some(({ name, port }) => item === name || item === String(port)),
      );
      return unused.length === 0 ? undefined : `Unused port in ssl-ports annotation [${unused.join(" ")}]`;
    },
  },
];

/** Of each port, before its target group. */
export const quicRefusal = ofEachPort({
  id: "quic",
  refused: `\`${annotationNames.quicPorts}\` with a port that is not UDP, and not TCP and UDP together`,
  by: "controller",
  source: upstream(build, "buildListenerSpec"),
  of({ servicePort: { name, port }, listenerProtocol }, { service }) {
    const ports = list(service, "quicPorts") ?? [];
    return (ports.includes(name) || ports.includes(String(port))) &&
      listenerProtocol !== "UDP" &&
      listenerProtocol !== "TCP_UDP"
      ? `Unsupported QUIC upgrade for protocol ${listenerProtocol}`
      : undefined;
  },
});

/** Of each port, after its target group. */
export const listenerRefusals: readonly Refusal[] = [
  ofEachPort({
    id: "alpn-policy",
    refused: `\`${annotationNames.alpnPolicy}\` besides ${allowedAlpn.map((name) => `\`${name}\``).join(", ")}, with TLS`,
    by: "controller",
    source: upstream(build, "buildListenerALPNPolicy"),
    of({ listenerProtocol }, { service }) {
      const value = annotation(service, "alpnPolicy");
      return value === undefined || allowedAlpn.includes(value) || listenerProtocol !== "TLS"
        ? undefined
        : `invalid ALPN policy ${value}, policy must be one of [${allowedAlpn.join(", ")}]`;
    },
  }),
  isMapOfPort("listenerAttributes", `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\``, (mapping) =>
    listenerAttributesName(mapping),
  ),
];

/** What AWS says when the controller is to make a listener, and then to set its attributes. */
export const passedOnListenerRefusals: readonly Refusal[] = [
  tooManyPorts(portMappings),
  {
    id: "certificate",
    refused: `\`${annotationNames.certificate}\` with an item that is not the ARN of a certificate in ACM or IAM, with TLS`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html",
    reason({ service }) {
      const wrong = (list(service, "certificate") ?? []).find((item) => !certificateArn.test(item));
      return wrong === undefined || !terminatesTls(service)
        ? undefined
        : `${annotationNames.certificate} has "${wrong}"; each item must be the ARN of a certificate in ACM or IAM`;
    },
  },
  {
    id: "ssl-policy",
    refused: `\`${annotationNames.sslPolicy}\` that is not the name of one of AWS's policies, with TLS`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
    reason({ service }) {
      const value = annotation(service, "sslPolicy");
      return value === undefined || value.startsWith("ELBSecurityPolicy-") || !terminatesTls(service)
        ? undefined
        : `${annotationNames.sslPolicy} is "${value}"; AWS's policies are called ELBSecurityPolicy-...`;
    },
  },
  ofEachPort({
    id: "listener-attribute",
    refused: `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\` with an attribute that a listener of this protocol does not have`,
    by: "AWS",
    source: listenerAttributeSource,
    of(mapping, { service }) {
      const known = listenerAttributes(mapping.listenerProtocol);
      const wrong = Object.keys(sentOfListener(service, mapping)).find((key) => !(key in known));
      return wrong === undefined
        ? undefined
        : `${listenerAttributesName(mapping)} sets ${wrong}; a ${mapping.listenerProtocol} listener has ${Object.keys(known).join(", ") || "no attribute"}`;
    },
  }),
  ofEachPort({
    id: "listener-attribute-value",
    refused: `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\` with a value that AWS does not take`,
    by: "AWS",
    source: listenerAttributeSource,
    of(mapping, { service }) {
      const value = refusedValue(sentOfListener(service, mapping));
      return value === undefined ? undefined : `${listenerAttributesName(mapping)} sets ${value}`;
    },
  }),
];

/** What AWS says of the first thing that the controller makes for a port: a rule of the load balancer's own group, or else a target group. */
export const protocolRefusal: Refusal = {
  id: "protocol",
  refused: "a port's protocol besides TCP and UDP",
  by: "AWS",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
  reason({ service }) {
    const other = service.ports.find(({ protocol }) => protocol !== "TCP" && protocol !== "UDP");
    return other === undefined
      ? undefined
      : `the Service's ports have the protocol ${other.protocol}; allowed are TCP and UDP`;
  },
};
