import type { ComponentResource } from "@pulumi/pulumi";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { UnhealthyHostCountAlarm } from "./unhealthyHostCountAlarm.ts";

/** The count is published once a minute. */
const periodSeconds = 60;

/** What the alarm is for. */
interface Watched {
  /** In the program. */
  readonly name: string;
  readonly port: string;
  readonly loadBalancer: LoadBalancer;
  readonly targetGroup: TargetGroup;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly parent: ComponentResource;
}

export function declareAlarm(
  { threshold = 1, evaluationPeriods = 3, alarmActions, okActions }: UnhealthyHostCountAlarm,
  { name, port, loadBalancer, targetGroup, tags, parent }: Watched,
): MetricAlarm {
  return new MetricAlarm(
    `${name}-unhealthy`,
    {
      alarmDescription: `Targets of the port ${port} are unhealthy`,
      namespace: "AWS/NetworkELB",
      metricName: "UnHealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
      statistic: "Maximum",
      period: periodSeconds,
      evaluationPeriods,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold,
      ...withoutUndefined({
        alarmActions: alarmActions && [...alarmActions],
        okActions: okActions && [...okActions],
        tags,
      }),
    },
    { parent },
  );
}
