/** Refusals of listeners. */
import { alpnPolicies, certificateArn } from "../../../../../components/aws/tls.ts";
import { tooManyPorts } from "../../refusals.ts";
import type { ServicePortFacts } from "../../../../model/service.ts";
import { annotation, annotationNames, list } from "../annotations.ts";
import { mergesProtocols, portMappings } from "../portMappings.ts";
import { listenerAttributes } from "../../defaults.ts";
import { listenerAttributesName, sentOfListener } from "../listeners.ts";
import { upstream } from "../upstream.ts";
import type { Refusal } from "./refusal.ts";
import { refusedValue } from "./attributeValues.ts";
import { isMap } from "./values.ts";

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

/** After the target group of each listener. */
export const listenerRefusals: readonly Refusal[] = [
  {
    id: "alpn-policy",
    refused: `\`${annotationNames.alpnPolicy}\` besides ${allowedAlpn.map((name) => `\`${name}\``).join(", ")}, with TLS`,
    by: "controller",
    source: upstream(build, "buildListenerALPNPolicy"),
    reason({ service }) {
      const value = annotation(service, "alpnPolicy");
      return value === undefined || allowedAlpn.includes(value) || !terminatesTls(service)
        ? undefined
        : `invalid ALPN policy ${value}, policy must be one of [${allowedAlpn.join(", ")}]`;
    },
  },
  isMap("listenerAttributes", `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\``, (service) =>
    portMappings(service).map(listenerAttributesName),
  ),
  tooManyPorts(portMappings),
  {
    id: "listener-attribute",
    refused: `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\` with an attribute that a listener of this protocol does not have`,
    by: "AWS",
    source: listenerAttributeSource,
    reason({ service }) {
      const [wrong] = portMappings(service).flatMap((mapping) => {
        const known = listenerAttributes(mapping.listenerProtocol);
        return Object.keys(sentOfListener(service, mapping)).flatMap((key) =>
          key in known
            ? []
            : [
                `${listenerAttributesName(mapping)} sets ${key}; a ${mapping.listenerProtocol} listener has ${Object.keys(known).join(", ") || "no attribute"}`,
              ],
        );
      });
      return wrong;
    },
  },
  {
    id: "listener-attribute-value",
    refused: `\`${annotationNames.listenerAttributes}.PROTOCOL-PORT\` with a value that AWS does not take`,
    by: "AWS",
    source: listenerAttributeSource,
    reason({ service }) {
      const [wrong] = portMappings(service).flatMap((mapping) => {
        const value = refusedValue(sentOfListener(service, mapping));
        return value === undefined ? [] : [`${listenerAttributesName(mapping)} sets ${value}`];
      });
      return wrong;
    },
  },
  {
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
  },
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
];
