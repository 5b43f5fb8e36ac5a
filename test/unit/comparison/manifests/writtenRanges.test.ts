/** Source ranges in the field of a manifest that are not written as EC2 keeps them. */
import assert from "node:assert/strict";
import { judgedByLbc } from "./judgedByLbc.ts";
import { loadBalancer, onlyJudged } from "./manifests.ts";

const field = (range: string): string => `  loadBalancerSourceRanges: [${JSON.stringify(range)}]`;
const nodes = { "nlb-target-type": "instance" };
const withoutGroups = { ...nodes, "disable-nlb-sg": "true" };
const note = /next change of the Service will fail: EC2 keeps the source range 203\.0\.113\.7\/24/;

describe("the AWS Load Balancer Controller and a range in spec.loadBalancerSourceRanges", () => {
  it("with bits after its prefix fail at the next change, and let in the same clients", async () => {
    const service = await judgedByLbc(nodes, field("203.0.113.7/24"));
    assert.match(service.notes.join("\n"), note);
    assert.equal(service.own?.verdict, "equivalent", service.own?.reasons.join("\n"));
    const network = await judgedByLbc(nodes, field("203.0.113.0/24"));
    assert.doesNotMatch(network.notes.join("\n"), note);
  });

  it("with bits after its prefix are not predicted for a load balancer without groups", async () => {
    const { outcome, reasons } = await judgedByLbc(withoutGroups, field("203.0.113.7/24"));
    assert.equal(outcome, "not modelled");
    assert.match(reasons.join(), /^a range is "203\.0\.113\.7\/24", of which EC2 makes 203\.0\.113\.0\/24/);
    assert.equal((await judgedByLbc(withoutGroups, field("203.0.113.0/24"))).outcome, "made");
  });

  for (const range of [" 203.0.113.0/24", "203.0.113.0/24 ", "203.000.113.0/24", "203.0.113.0/024"])
    it(`are not predicted if it is "${range}"`, async () => {
      const { outcome, reasons } = await judgedByLbc(nodes, field(range));
      assert.equal(outcome, "not modelled");
      assert.equal(
        reasons[0],
        `a range is "${range}"; the controller passes it on as it is, and nobody documents what EC2 makes of it`,
      );
    });
});

describe("the AWS cloud controller manager and a range in spec.loadBalancerSourceRanges", () => {
  for (const range of ["203.0.113.7/24", " 203.0.113.0/24", "203.000.113.0/24"])
    it(`read ${JSON.stringify(range)} as its network`, async () => {
      const { outcome, own } = await onlyJudged(loadBalancer({}, field(range)));
      assert.equal(outcome, "made");
      assert.equal(own?.verdict, "equivalent", own?.reasons.join("\n"));
      assert.deepEqual(own.arguments.loadBalancerSourceRanges, ["203.0.113.0/24"]);
    });
});
