/** What AWS says of target groups. */
import { awsRanges } from "../../../../../components/aws/defaults.ts";
import { isMatcher } from "../../../../../components/aws/healthCheck.ts";
import { truth } from "../../../truth.ts";
import { targetGroupAttributes } from "../../defaults.ts";
import { annotationNames } from "../annotations.ts";
import { healthCheck } from "../healthCheck.ts";
import { preserveClientIp, sentAttributes } from "../targetGroupAttributes.ts";
import { refusedValue } from "./attributeValues.ts";
import { ofEachPort } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { isWithinBounds } from "./values.ts";

const createTargetGroup =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html";
const attributeSource =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html";

/** Without what the controller itself cannot read, for which it refuses the Service before. */
function passedOn({
  [preserveClientIp]: keeps = "true",
  ...others
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return truth(keeps) === undefined ? others : { ...others, [preserveClientIp]: keeps };
}

const { intervalSeconds: interval, timeoutSeconds: timeout } = awsRanges;

const isIn = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

/** When the controller is to make one. */
export const passedOnCheckRefusals: readonly Refusal[] = [
  isWithinBounds("healthCheckInterval", interval, createTargetGroup, (service) => {
    const { intervalSeconds, timeoutSeconds } = healthCheck(service);
    return intervalSeconds < interval.min && isIn(timeoutSeconds, timeout) && timeoutSeconds > interval.min
      ? `, and no interval below the time-out, which is ${timeoutSeconds} s`
      : "";
  }),
  isWithinBounds("healthCheckTimeout", timeout, createTargetGroup, (service) => {
    const { intervalSeconds, timeoutSeconds } = healthCheck(service);
    return timeoutSeconds > timeout.max && isIn(intervalSeconds, interval) && intervalSeconds < timeout.max
      ? `, and no time-out above the interval, which is ${intervalSeconds} s`
      : "";
  }),
  isWithinBounds("healthyThreshold", awsRanges.thresholdCount, createTargetGroup),
  isWithinBounds("unhealthyThreshold", awsRanges.thresholdCount, createTargetGroup),
  isWithinBounds("healthCheckPort", { min: 1, max: 65535 }, createTargetGroup),
  {
    id: "interval-below-time-out",
    // Those say so as well.
    after: ["bounds-healthCheckInterval", "bounds-healthCheckTimeout"],
    refused: `\`${annotationNames.healthCheckInterval}\` below the time-out: without \`${annotationNames.healthCheckTimeout}\` 10 s, or 6 s under the policy Local`,
    by: "AWS",
    source: createTargetGroup,
    reason({ service }) {
      const { intervalSeconds, timeoutSeconds } = healthCheck(service);
      return intervalSeconds >= timeoutSeconds
        ? undefined
        : `the health check's interval is ${intervalSeconds} s and its time-out ${timeoutSeconds} s; AWS allows no interval below the time-out: set ${annotationNames.healthCheckTimeout} to ${intervalSeconds} or less`;
    },
  },
  {
    id: "check-path",
    refused: `\`${annotationNames.healthCheckPath}\` that does not begin with \`/\` or has more than 1024 characters, with an HTTP or HTTPS check`,
    by: "AWS",
    source: createTargetGroup,
    reason({ service }) {
      const { path } = healthCheck(service);
      return path === undefined || (path.startsWith("/") && path.length <= 1024)
        ? undefined
        : `${annotationNames.healthCheckPath} is "${path}"; it must begin with a slash and have at most 1024 characters`;
    },
  },
  {
    id: "check-codes",
    refused: `\`${annotationNames.successCodes}\` with other codes than 200 to 599, with an HTTP or HTTPS check`,
    by: "AWS",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html",
    reason({ service }) {
      const { matcher } = healthCheck(service);
      return matcher === undefined || isMatcher(matcher)
        ? undefined
        : `${annotationNames.successCodes} is "${matcher}"; AWS allows codes from 200 to 599, such as 200, 200,302 or 200-399`;
    },
  },
];

/** When it is to set the attributes of one. */
export const passedOnAttributeRefusals: readonly Refusal[] = [
  ofEachPort({
    id: "target-group-attribute",
    refused: `\`${annotationNames.targetGroupAttributes}\` with an attribute that a target group of a Network Load Balancer does not have`,
    by: "AWS",
    source: attributeSource,
    of({ listenerPort }, { service }) {
      const known = targetGroupAttributes("TCP");
      const wrong = Object.keys(sentAttributes(service, listenerPort)).find((key) => !(key in known));
      return wrong === undefined
        ? undefined
        : `${annotationNames.targetGroupAttributes} sets ${wrong}; a target group of a Network Load Balancer has ${Object.keys(known).join(", ")}`;
    },
  }),
  ofEachPort({
    id: "target-group-attribute-value",
    refused: `\`${annotationNames.targetGroupAttributes}\` with a value that AWS does not take, such as a delay of more than 3600 s`,
    by: "AWS",
    source: attributeSource,
    of({ listenerPort }, { service }) {
      const wrong = refusedValue(passedOn(sentAttributes(service, listenerPort)));
      return wrong === undefined ? undefined : `${annotationNames.targetGroupAttributes} sets ${wrong}`;
    },
  }),
  ofEachPort({
    id: "client-address-of-udp",
    refused: `\`${preserveClientIp}=false\` for a UDP port`,
    by: "AWS",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",
    of: ({ listenerPort, targetProtocol }, { service }) =>
      targetProtocol.includes("UDP") &&
      truth(sentAttributes(service, listenerPort)[preserveClientIp] ?? "") === false
        ? `port ${listenerPort} is ${targetProtocol}, and ${preserveClientIp} is false; AWS allows only true for UDP ports`
        : undefined,
  }),
];

/** A listener that terminates TLS takes no group with sticky sessions. */
export const stickinessOfTls = ofEachPort({
  id: "stickiness-of-tls",
  refused: "`stickiness.enabled=true` for a port that terminates TLS",
  by: "AWS",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#sticky-sessions",
  of: ({ listenerPort, listenerProtocol }, { service }) =>
    listenerProtocol === "TLS" &&
    sentAttributes(service, listenerPort)["stickiness.enabled"]?.toLowerCase() === "true"
      ? `port ${listenerPort} terminates TLS, and stickiness.enabled is true; AWS has no sticky sessions for TLS listeners`
      : undefined,
});
