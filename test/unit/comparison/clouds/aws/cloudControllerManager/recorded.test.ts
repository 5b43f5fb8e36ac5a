/**
 * The model against the real AWS cloud controller manager v1.35.0. `recorded.jsonl` holds a cluster and, a line each, Services with what that controller made of them on the lab's AWS API, as
 * the API then described it. It shows nothing of what AWS itself would have refused.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  loadBalancerAttributes,
  targetGroupAttributes,
} from "../../../../../../comparison/clouds/aws/defaults.ts";
import type { AwsClusterFacts, NlbFacts, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { HealthCheckFacts } from "../../../../../../comparison/model/loadBalancer.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { existing, made, prefix, service } from "./cluster.ts";

interface Recorded {
  readonly name: string;
  readonly uid: string;
  /** By what follows the common beginning. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Partial<ServiceFacts>;
  readonly made: Summary;
}

interface Summary {
  readonly loadBalancer: string;
  readonly zones: readonly string[];
  readonly listeners: readonly string[];
  readonly targetGroups: readonly string[];
  readonly targets: readonly string[];
  readonly rules: readonly string[];
  readonly additionalTags?: Readonly<Record<string, string>>;
  readonly changedAttributes?: Readonly<Record<string, string>>;
  readonly changedTargetGroupAttributes?: Readonly<Record<string, string>>;
}

const lines = readFileSync(join(import.meta.dirname, "recorded.jsonl"), "utf8")
  .trimEnd()
  .split("\n");
const [cluster, ...recorded] = lines.map((line) => JSON.parse(line) as unknown) as [
  AwsClusterFacts,
  ...Recorded[],
];

describe("the model of the cloud controller manager says what the real one made of the Service", () => {
  for (const { name, uid, annotations, spec, made: found } of recorded) {
    it(name, () => {
      const recordedService = service({
        identity: { name, id: uid },
        namespace: "default",
        loadBalancerSourceRanges: [],
        ...spec,
        annotations: annotationsOf(annotations),
      });
      // It exists: the lab's API made some that AWS would have refused.
      const { loadBalancer, rules } = made(recordedService, cluster, existing);
      assert.deepEqual(summary(loadBalancer, rules), found);
    });
  }
});

function annotationsOf(short: Readonly<Record<string, string>>): Record<string, string> {
  const ranges = "load-balancer-source-ranges";
  const full = (key: string): string =>
    key === ranges ? `service.beta.kubernetes.io/${ranges}` : `${prefix}${key}`;
  const all = Object.entries({ type: "nlb", ...short });
  return Object.fromEntries(all.map(([key, value]) => [full(key), value]));
}

function summary(loadBalancer: NlbFacts, rules: readonly RuleFacts[]): Summary {
  const { identity, scheme, zones, listeners, pools, tags, attributes } = loadBalancer;
  const additionalTags = Object.entries(tags).filter(([key]) => !key.startsWith("kubernetes.io/"));
  const [group] = pools;
  const nameOf = (id: string | undefined): string =>
    pools.find((candidate) => candidate.identity.id === id)?.identity.name ?? "none";
  return {
    loadBalancer: `${identity.name} ${scheme}`,
    zones: zones.map(({ zone, subnet }) => `${zone} ${subnet}`).sort(),
    listeners: listeners.map(
      ({ protocol, port, sslPolicy, certificates, forwardsTo }) =>
        `${protocol} ${port} ${sslPolicy ?? "-"} ${certificates[0] ?? "-"} to ${nameOf(forwardsTo[0])}`,
    ),
    targetGroups: pools
      .map(
        ({ identity: { name }, protocol, port, healthCheck }) =>
          `${name} ${protocol} ${port}, ${checkLine(healthCheck)}`,
      )
      .sort(),
    targets: [...new Set(pools.flatMap(({ members }) => members.map(({ id }) => id)))].sort(),
    rules: rules
      .filter(({ identity: { name } }) => name.endsWith(identity.name))
      .map(
        ({ identity: { name }, ipProtocol, fromPort, toPort, source }) =>
          `${name.replace("kubernetes.io/rule/nlb/", "")} ${ipProtocol} ${fromPort}-${toPort} ${source}`,
      )
      .sort(),
    ...some("additionalTags", Object.fromEntries(additionalTags)),
    ...some("changedAttributes", changed(attributes, loadBalancerAttributes)),
    // Against what AWS gives to TCP.
    ...some("changedTargetGroupAttributes", changed(group?.attributes ?? {}, targetGroupAttributes("TCP"))),
  };
}

function checkLine(check: HealthCheckFacts): string {
  const { protocol, port, path = "", matcher = "-", intervalSeconds, timeoutSeconds } = check;
  const thresholds = `${check.healthyThresholdCount}/${check.unhealthyThresholdCount}`;
  return `${protocol} ${port}${path} ${matcher} every ${intervalSeconds} s, time-out ${timeoutSeconds} s, ${thresholds}`;
}

type Texts = Readonly<Record<string, string>>;

function changed(attributes: Texts, from: Texts): Texts {
  return Object.fromEntries(Object.entries(attributes).filter(([key, value]) => from[key] !== value));
}

function some<Key extends string>(key: Key, values: Texts): Partial<Record<Key, Texts>> {
  return Object.keys(values).length === 0 ? {} : ({ [key]: values } as Record<Key, Texts>);
}
