/** aws:cloudwatch/metricAlarm:MetricAlarm, on one metric. Its id is its name. */
import type { MetricAlarmArgs, MetricAlarmState } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import type { Properties } from "../../../../providers/values.ts";
import type { Alarm } from "../../cloudwatch/cloudWatch.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const comparisonOperators = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
];
const statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];
const treatments = ["breaching", "ignore", "missing", "notBreaching"];

function alarmOf(inputs: Properties): Alarm {
  return {
    name: inputs.name as string,
    description: inputs.alarmDescription as string | undefined,
    namespace: inputs.namespace as string,
    metricName: inputs.metricName as string,
    dimensions: (inputs.dimensions ?? {}) as Record<string, string>,
    statistic: inputs.statistic as string,
    periodSeconds: inputs.period as number,
    evaluationPeriods: inputs.evaluationPeriods as number,
    comparisonOperator: inputs.comparisonOperator as string,
    threshold: inputs.threshold as number,
    treatMissingData: inputs.treatMissingData as string,
    actionsEnabled: inputs.actionsEnabled as boolean,
    alarmActions: (inputs.alarmActions ?? []) as string[],
    okActions: (inputs.okActions ?? []) as string[],
  };
}

export const metricAlarm: ResourceType = {
  arguments: {
    name: { type: "string", immutable: true },
    alarmDescription: { type: "string" },
    namespace: { type: "string", required: true },
    metricName: { type: "string", required: true },
    dimensions: { type: "map" },
    statistic: { type: "string", required: true, allowed: statistics },
    period: { type: "number", required: true, min: 10 },
    evaluationPeriods: { type: "number", required: true, min: 1 },
    comparisonOperator: { type: "string", required: true, allowed: comparisonOperators },
    threshold: { type: "number", required: true },
    treatMissingData: { type: "string", default: "missing", allowed: treatments },
    actionsEnabled: { type: "boolean", default: true },
    alarmActions: { type: "set" },
    okActions: { type: "set" },
    tags: { type: "map" },
  } satisfies ArgumentsOf<MetricAlarmArgs>,
  maxNameLength: 255,

  async create(inputs, tags, { cloudWatch }) {
    const alarm = alarmOf(inputs);
    await cloudWatch.put(alarm, tags);
    return alarm.name;
  },

  async read(name, { cloudWatch, region }) {
    const found = await cloudWatch.find(name);
    if (found === undefined) return undefined;
    const { description, periodSeconds, ...alarm } = found;
    return {
      ...alarm,
      alarmDescription: description,
      period: periodSeconds,
      alarmActions: [...alarm.alarmActions],
      okActions: [...alarm.okActions],
      region,
      tagsAll: await cloudWatch.tags(alarm.arn),
    } satisfies OutputsOf<MetricAlarmState>;
  },

  update: (_name, _before, after, { cloudWatch }) => cloudWatch.put(alarmOf(after)),

  delete: (name, _outputs, { cloudWatch }) => cloudWatch.delete(name),

  async setTags(name, { set, remove }, { cloudWatch }) {
    const arn = (await cloudWatch.find(name))?.arn;
    if (arn === undefined) return;
    if (remove.length > 0) await cloudWatch.removeTags(arn, remove);
    if (Object.keys(set).length > 0) await cloudWatch.setTags(arn, set);
  },
};
