import assert from "node:assert/strict";
import { isUnknown } from "@pulumi/pulumi";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";
import { Recorder } from "../../../../comparison/plan/recorder.ts";
import { LoadBalancerExposure, NodePortExposure } from "../../../../components/index.ts";
import { declare, network } from "../../components/core/declaring.ts";

const args = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80 }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

/** What the recorder says, and what the engine was asked for. */
async function run(preview: boolean) {
  const recorder = new Recorder();
  const opts = { transformations: [recorder.record] };
  const { result, resources } = await declare(
    async () => {
      const { loadBalancer } = new NodePortExposure("left", { ...args, network }, opts);
      new LoadBalancerExposure("right", args, opts);
      new LoadBalancerExposure("other", args);
      return recorder.declared(loadBalancer.nodeRules);
    },
    { preview },
  );
  return { recorded: result, asked: resources.filter(({ urn }) => !urn.endsWith("::other")) };
}

function sorted(resources: readonly PlannedResource[]): PlannedResource[] {
  return [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

describe("the recorder of a running program", () => {
  for (const preview of [true, false]) {
    it(`records what the engine is asked for, with references (${preview ? "preview" : "update"})`, async () => {
      const { recorded, asked } = await run(preview);
      assert.deepEqual(sorted(recorded), sorted(asked));
      const group = recorded.find(({ type }) => type.endsWith(":TargetGroup"))!;
      assert.equal(isUnknown(group.inputs.port), preview);
      assert.ok(group.dependencies.port?.[0]?.endsWith("Service::left"));
    });
  }

  it("leaves out resources that it does not record", async () => {
    const { recorded } = await run(true);
    assert.deepEqual(
      recorded.filter(({ name }) => name === "other"),
      [],
    );
  });
});
