/** The option for an alarm of CloudWatch, and what is wrong with it. `declareAlarm.ts` declares it. */
import type { Input } from "@pulumi/pulumi";
import { defaults } from "../core/defaults.ts";
import type { Problem } from "../core/validation.ts";
import { outOfRange } from "../core/validation.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";

/**
 * When CloudWatch raises an alarm for a target group, and whom it tells. It looks at the highest `UnHealthyHostCount` of each minute.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export interface UnhealthyHostCountAlarm {
  /**
   * So many unhealthy targets raise it, 1 to 1000. Required with `externalTrafficPolicy: "Local"`, where nodes without a ready pod are unhealthy by design.
   * @default 1
   */
  readonly threshold?: number;
  /**
   * For so many minutes in a row, 1 to 1440.
   * @default 3
   */
  readonly evaluationPeriods?: number;
  /**
   * ARNs of at most five actions when the alarm is raised, such as SNS topics.
   * @default none: the alarm only shows its state
   */
  readonly alarmActions?: readonly Input<string>[];
  /**
   * The same when it is over.
   * @default none
   */
  readonly okActions?: readonly Input<string>[];
}

/** Of what watches the load balancer. */
export interface AlarmOptions {
  /**
   * An alarm of CloudWatch for each target group. A group without any target has no such count: the alarm then shows `INSUFFICIENT_DATA`. A LoadBalancer Service has none: its
   * controller makes the target groups, and other ones in their place.
   *
   * Each alarm costs $0.10 a month (https://aws.amazon.com/cloudwatch/pricing/).
   * @default none
   */
  readonly unhealthyHostCountAlarm?: UnhealthyHostCountAlarm;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: one day in periods of a minute, and five actions. */
const bounds = {
  evaluationPeriods: { min: 1, max: 1440 },
  /** Targets of a group, by AWS's quota. */
  threshold: { min: 1, max: 1000 },
  actions: 5,
} as const;

export function unhealthyHostCountAlarmProblems({
  unhealthyHostCountAlarm: alarm,
  externalTrafficPolicy = defaults.externalTrafficPolicy,
  targetType,
}: NetworkLoadBalancerOptions): Problem[] {
  if (alarm === undefined) return [];
  const path = "unhealthyHostCountAlarm";
  const isAlwaysRaised =
    externalTrafficPolicy === "Local" && targetType !== "ip" && alarm.threshold === undefined;
  return [
    ...outOfRange(`${path}.threshold`, alarm.threshold, bounds.threshold),
    ...outOfRange(`${path}.evaluationPeriods`, alarm.evaluationPeriods, bounds.evaluationPeriods),
    ...(["alarmActions", "okActions"] as const).flatMap((name) =>
      actionProblems(`${path}.${name}`, alarm[name] ?? []),
    ),
    ...(isAlwaysRaised
      ? [
          {
            propertyPath: `${path}.threshold`,
            reason:
              'it is missing: with externalTrafficPolicy "Local" every node without a ready pod is unhealthy, so that one unhealthy target says nothing; set how many nodes are too many, or set externalTrafficPolicy to "Cluster"',
          },
        ]
      : []),
  ];
}

function actionProblems(propertyPath: string, actions: readonly Input<string>[]): Problem[] {
  const tooMany =
    actions.length <= bounds.actions
      ? []
      : [
          {
            propertyPath,
            reason: `${actions.length} actions are too many; CloudWatch allows ${bounds.actions}; let one SNS topic tell the others`,
          },
        ];
  return [
    ...tooMany,
    ...actions.flatMap((action, index) =>
      typeof action !== "string" || action.startsWith("arn:")
        ? []
        : [
            {
              propertyPath: `${propertyPath}[${index}]`,
              reason: `"${action}" is not an ARN; allowed is the ARN of an action, such as arn:aws:sns:eu-central-1:123456789012:on-call`,
            },
          ],
    ),
  ];
}
