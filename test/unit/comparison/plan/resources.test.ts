import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../comparison/plan/monitor.ts";
import { requireReadable, serviceType, UnreadablePlan } from "../../../../comparison/plan/resources.ts";
import { types } from "../../../../comparison/clouds/aws/plan/types.ts";
import { planned } from "./planned.ts";

const readable = Object.values(types);
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

function resource(type: string, name: string, parent?: string): PlannedResource {
  const urn = `urn:pulumi:test::project::${type}::${name}`;
  return {
    type,
    name,
    urn,
    custom: true,
    inputs: {},
    dependencies: {},
    ...(parent === undefined ? {} : { parent }),
  };
}

describe("the resources of a plan", () => {
  it("are readable if they belong to an exposure or its app", () => {
    requireReadable(
      [serviceType, ...readable].map((type) => resource(type, "web")),
      readable,
    );
    requireReadable(
      [
        resource("kubernetes:core/v1:Namespace", "web"),
        resource("kubernetes:apps/v1:Deployment", "web"),
        resource("kubernetes:policy/v1:PodDisruptionBudget", "web"),
      ],
      readable,
    );
    requireReadable([], readable);
  });

  it("are not readable with one of another type, and the message names it", () => {
    assert.throws(
      () => {
        requireReadable([resource(serviceType, "web"), resource(policy, "only-here")], readable);
      },
      new UnreadablePlan(
        `the program declares ${policy} "only-here", which the comparison of plans cannot read; the measured comparison covers it`,
      ),
    );
  });

  it("of another type make their own side unknown, and not the other one", async () => {
    const facts = await planned({
      plan: (declared) => {
        const service = declared.find(({ type, name }) => type === serviceType && name === "loadbalancer");
        return [...declared, resource(policy, "only-there", service?.urn)];
      },
    });
    assert.equal(facts.left.service.kind, "known");
    for (const part of ["service", "loadBalancer", "firewall"] as const) {
      const result = facts.right[part];
      assert.equal(result.kind, "unreachable");
      assert.match(result.reason, /^the program declares .*NetworkPolicy "only-there", which .* cannot read/);
    }
  });

  it("that the program declares elsewhere do not matter", async () => {
    const facts = await planned({ plan: (declared) => [...declared, resource(policy, "another")] });
    assert.deepEqual([facts.left.service.kind, facts.right.service.kind], ["known", "known"]);
  });
});
