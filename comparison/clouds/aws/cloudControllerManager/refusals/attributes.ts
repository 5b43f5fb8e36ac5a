/** Refusals of tags, listeners and the load balancer's attributes. */
import { isTag, maximumTags, tagRules } from "../../../../../components/aws/tags.ts";
import { annotation, annotationNames, flag, keyValues, truth } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import { portMappings } from "../portMappings.ts";
import type { Refusal } from "./refusal.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html; it cannot be raised. */
const mostListeners = 50;

/** Two are the controller's own. */
const mostTags = maximumTags - 2;

const tagRefusals: readonly Refusal[] = [
  {
    id: "tags",
    refused: `\`${annotationNames.additionalTags}\` with a tag that AWS refuses: a key that begins with \`aws:\` or has more than 128 characters, a value of more than 256, or a character besides letters, digits, blanks and \`+-=._:/@\``,
    by: "AWS",
    at: "creation",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html",
    reason({ service }) {
      const tags = Object.entries(keyValues(annotation(service, "additionalTags") ?? ""));
      const wrong = tags.find(([key, value]) => !isTag(key, value));
      return wrong === undefined
        ? undefined
        : `${annotationNames.additionalTags} has the tag ${wrong.join("=")}; AWS allows ${tagRules}`;
    },
  },
  {
    id: "number-of-tags",
    refused: `\`${annotationNames.additionalTags}\` with more than ${mostTags} tags`,
    by: "AWS",
    at: "creation",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-tags.html",
    reason({ service }) {
      const { length } = Object.keys(keyValues(annotation(service, "additionalTags") ?? ""));
      return length <= mostTags
        ? undefined
        : `${annotationNames.additionalTags} has ${length} tags; AWS allows 50 per load balancer, and the controller adds 2`;
    },
  },
];

const listenerRefusals: readonly Refusal[] = [
  {
    id: "number-of-ports",
    refused: `more than ${mostListeners} ports`,
    by: "AWS",
    at: "always",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html",
    reason({ service }) {
      const { length } = portMappings(service);
      return length <= mostListeners
        ? undefined
        : `the Service has ${length} ports; AWS allows ${mostListeners} listeners per Network Load Balancer`;
    },
  },
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

const certificateArn =
  /^arn:aws[a-z-]*:(acm:[^:\s]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[^,\s]+$/;

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
