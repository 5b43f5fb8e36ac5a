import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { clusterOf } from "../../../../comparison/clouds/aws/plan/network.ts";
import { plannedComparison } from "../../../../comparison/plan/plannedComparison.ts";
import type { ProgramPlan } from "../../../../comparison/plan/plan.ts";
import { Recorder } from "../../../../comparison/plan/recorder.ts";
import type { ShortForm } from "../../../../comparison/report/shortForm.ts";
import { LoadBalancerExposure, NodePortExposure } from "../../../../components/index.ts";
import type { NetworkLoadBalancerOptions } from "../../../../components/index.ts";
import { declare, knowledgeOf, network } from "../../components/core/declaring.ts";

interface Ways {
  readonly left?: Partial<NetworkLoadBalancerOptions>;
  readonly right?: Partial<NetworkLoadBalancerOptions>;
  readonly preview?: boolean;
  readonly recorder?: Recorder;
  readonly alsoCheck?: (program: ProgramPlan) => Promise<void>;
}

/** The comparison of two exposures with options of their own. */
async function compared({
  left,
  right,
  preview = true,
  recorder = new Recorder(),
  alsoCheck,
}: Ways): Promise<ShortForm> {
  const options = {
    namespace: "shop",
    selector: { app: "web" },
    ports: [{ name: "http", port: 80 }],
    loadBalancerSourceRanges: ["0.0.0.0/0"],
  };
  const opts = { transformations: [recorder.record] };
  const { result } = await declare(
    async () => {
      const { loadBalancer } = new NodePortExposure("own", { ...options, network, ...left }, opts);
      new LoadBalancerExposure("theirs", { ...options, ...right }, opts);
      return knowledgeOf(
        plannedComparison({
          recorder,
          complete: loadBalancer.nodeRules,
          cluster: clusterOf("dev", network),
          names: ["own", "theirs"],
          ...(alsoCheck === undefined ? {} : { alsoCheck }),
        }),
      );
    },
    { preview },
  );
  return result.known ? (result.value as ShortForm) : assert.fail("the comparison is not known");
}

describe("the planned comparison of a running program", () => {
  it("finds two exposures with the same options equivalent, before the update and after it", async () => {
    const before = await compared({});
    assert.match(before.verdict, /^Equivalent as planned: .* 0 unexplained\.$/);
    assert.deepEqual(await compared({ preview: false }), before);
  });

  const unlike: readonly [option: string, left: Partial<NetworkLoadBalancerOptions>, reason: RegExp][] = [
    ["a scheme", { scheme: "internal" }, /scheme is internal on the left and internet-facing on the right/],
    ["a rhythm of checks", { healthCheck: { unhealthyThresholdCount: 5 } }, /unhealthyThresholdCount is 5/],
    ["cross-zone balancing", { crossZoneLoadBalancing: true }, /cross_zone.enabled is true on the left/],
    [
      "a deregistration delay",
      { deregistrationDelaySeconds: 60 },
      /deregistration_delay.* is 60 on the left/,
    ],
  ];
  for (const [option, left, reason] of unlike) {
    it(`says that ${option} of only one of them is a difference`, async () => {
      const { verdict, reasons = [] } = await compared({ left });
      assert.match(verdict, /^Different: /);
      assert.ok(
        reasons.some((each) => reason.test(each)),
        reasons.join("\n"),
      );
    });
  }

  it("ends the program if a check of the facts refuses them", async () => {
    const refused = compared({ alsoCheck: () => Promise.reject(new RunError("no room")) });
    await assert.rejects(refused, /no room/);
  });

  it("is incomplete for what has not been recorded", async () => {
    const recorder = new Recorder();
    const deaf = Object.assign(recorder, { record: () => undefined });
    const { verdict } = await compared({ recorder: deaf });
    assert.match(verdict, /^Incomplete: /);
  });

  it("reports an error instead of failing the program", async () => {
    const failing = Object.assign(new Recorder(), {
      declared: () => Promise.reject(new Error("the engine is gone")),
    });
    assert.deepEqual(await compared({ recorder: failing }), { verdict: "Not compared: the engine is gone" });
  });
});
