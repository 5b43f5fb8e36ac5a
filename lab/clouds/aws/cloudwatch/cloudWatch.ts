/** The calls of CloudWatch that the lab makes. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
import { members, pairs, QueryService } from "../calls/query.ts";
import type { Parameters } from "../calls/query.ts";
import type { Signing } from "../calls/signedService.ts";
import { nodeIn, nodesIn, textIn, textsIn, valuesBy } from "../calls/xml.ts";
import type { Node } from "../calls/xml.ts";

/** An alarm on one metric. */
export interface Alarm {
  readonly name: string;
  readonly description?: string | undefined;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly comparisonOperator: string;
  readonly threshold: number;
  readonly treatMissingData: string;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
}

export type AlarmThere = Alarm & { readonly arn: string };

type Tags = Readonly<Record<string, string>>;

export class CloudWatch {
  readonly #service: QueryService;

  /** @param endpoint @default that of the region */
  constructor(signing: Signing, region: string, endpoint = `https://monitoring.${region}.amazonaws.com`) {
    this.#service = new QueryService(signing, { name: "monitoring", region, endpoint }, "2010-08-01");
  }

  /** Makes the alarm, or replaces what it says. Tags are only those of a new one. */
  async put(alarm: Alarm, tags: Tags = {}): Promise<void> {
    await this.#service.call("PutMetricAlarm", { ...parametersOf(alarm), ...pairs("Tags", tags, "Key") });
  }

  /** @returns undefined if there is none of this name */
  async find(name: string): Promise<AlarmThere | undefined> {
    return (await this.alarms([name]))[0];
  }

  /** @param names @default all, up to 50 */
  async alarms(names: readonly string[] = []): Promise<AlarmThere[]> {
    const found = await this.#service.call("DescribeAlarms", members("AlarmNames", names));
    return nodesIn(nodeIn(found, "MetricAlarms"), "member").map(alarmIn);
  }

  async delete(name: string): Promise<void> {
    await this.#service.call("DeleteAlarms", members("AlarmNames", [name]));
  }

  async tags(arn: string): Promise<Record<string, string>> {
    const found = await this.#service.call("ListTagsForResource", { ResourceARN: arn });
    return valuesBy("Key", nodesIn(nodeIn(found, "Tags"), "member"));
  }

  async setTags(arn: string, tags: Tags): Promise<void> {
    await this.#service.call("TagResource", { ResourceARN: arn, ...pairs("Tags", tags, "Key") });
  }

  async removeTags(arn: string, keys: readonly string[]): Promise<void> {
    await this.#service.call("UntagResource", { ResourceARN: arn, ...members("TagKeys", keys) });
  }
}

function parametersOf(alarm: Alarm): Parameters {
  return {
    AlarmName: alarm.name,
    ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
    Namespace: alarm.namespace,
    MetricName: alarm.metricName,
    ...pairs("Dimensions", alarm.dimensions, "Name"),
    Statistic: alarm.statistic,
    Period: String(alarm.periodSeconds),
    EvaluationPeriods: String(alarm.evaluationPeriods),
    ComparisonOperator: alarm.comparisonOperator,
    Threshold: String(alarm.threshold),
    TreatMissingData: alarm.treatMissingData,
    ActionsEnabled: String(alarm.actionsEnabled),
    ...members("AlarmActions", alarm.alarmActions),
    ...members("OKActions", alarm.okActions),
  };
}

function alarmIn(node: Node): AlarmThere {
  const description = textIn(node, "AlarmDescription");
  return {
    arn: textIn(node, "AlarmArn"),
    name: textIn(node, "AlarmName"),
    ...(description === "" ? {} : { description }),
    namespace: textIn(node, "Namespace"),
    metricName: textIn(node, "MetricName"),
    dimensions: valuesBy("Name", nodesIn(nodeIn(node, "Dimensions"), "member")),
    statistic: textIn(node, "Statistic"),
    periodSeconds: Number(textIn(node, "Period")),
    evaluationPeriods: Number(textIn(node, "EvaluationPeriods")),
    comparisonOperator: textIn(node, "ComparisonOperator"),
    threshold: Number(textIn(node, "Threshold")),
    // AWS leaves out what it takes as the default.
    treatMissingData: textIn(node, "TreatMissingData") || "missing",
    actionsEnabled: textIn(node, "ActionsEnabled").toLowerCase() !== "false",
    alarmActions: textsIn(nodeIn(node, "AlarmActions"), "member").sort(),
    okActions: textsIn(nodeIn(node, "OKActions"), "member").sort(),
  };
}
