/** Refusals of tags, listeners and the load balancer's attributes. */
import { truth } from "../../../truth.ts";
import { certificateArn } from "../../../../../components/aws/tls.ts";
import { refusedTags, tooManyPorts } from "../../refusals.ts";
import { annotation, annotationNames, flag, keyValues } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import { portMappings } from "../portMappings.ts";
import type { Refusal } from "./refusal.ts";

/** The cluster's and the Service's. */
const ownTags = 2;

const tagRefusals: readonly Refusal[] = refusedTags(
  annotationNames.additionalTags,
  (service) => keyValues(annotation(service, "additionalTags") ?? ""),
  ownTags,
).map((refusal) => ({ ...refusal, at: "creation" }));

const listenerRefusals: readonly Refusal[] = [
  { ...tooManyPorts(portMappings), at: "always" },
  {
    id: "certificate",
    refused: `\`${annotationNames.certificate}\` that is not the ARN of a certificate in ACM or IAM; blanks are not trimmed`,
    by: "AWS",
    at: "always",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html",
    reason({ service }) {
      const value = annotation(service, "certificate") ?? "";
      return !terminatesTls(service) || certificateArn.test(value)
        ? undefined
        : `${annotationNames.certificate} is "${value}"; it must be one ARN of a certificate in ACM or IAM, without blanks`;
    },
  },
  {
    id: "ssl-policy",
    refused: `\`${annotationNames.sslPolicy}\` that is not the name of one of AWS's policies`,
    by: "AWS",
    at: "always",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
    reason({ service }) {
      const value = annotation(service, "sslPolicy") ?? "";
      return !terminatesTls(service) || value === "" || value.startsWith("ELBSecurityPolicy-")
        ? undefined
        : `${annotationNames.sslPolicy} is "${value}"; AWS's policies are called ELBSecurityPolicy-...`;
    },
  },
];

function terminatesTls(service: Parameters<typeof portMappings>[0]): boolean {
  return portMappings(service).some(({ listenerProtocol }) => listenerProtocol === "TLS");
}

function isTruth(name: AnnotationName): Refusal {
  return {
    id: `truth-${name}`,
    refused: `\`${annotationNames[name]}\` with a word that Go's \`strconv.ParseBool\` does not know, such as \`yes\``,
    by: "controller",
    at: "always",
    source: "aws_loadbalancer.go (reconcileLBAttributes)",
    reason({ service }) {
      const value = annotation(service, name) ?? "";
      return value === "" || truth(value) !== undefined
        ? undefined
        : `${annotationNames[name]} is "${value}"; allowed are true and false`;
    },
  };
}

const attributeRefusals: readonly Refusal[] = [
  isTruth("crossZone"),
  isTruth("accessLog"),
  {
    id: "access-log-bucket",
    refused: `access logs without \`${annotationNames.accessLogBucket}\``,
    by: "AWS",
    at: "always",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    reason: ({ service }) =>
      flag(service, "accessLog") && (annotation(service, "accessLogBucket") ?? "") === ""
        ? `${annotationNames.accessLog} is ${annotation(service, "accessLog") ?? ""} without ${annotationNames.accessLogBucket}; name a bucket`
        : undefined,
  },
];

export { attributeRefusals, listenerRefusals, tagRefusals };
