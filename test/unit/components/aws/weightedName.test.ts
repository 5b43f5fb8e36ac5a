import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { WeightedName, weightedNameProblems } from "../../../../components/index.ts";
import type { Addresses } from "../../../../components/core/address.ts";
import { declare, inputsOf, knowledgeOf, namesOf } from "../core/declaring.ts";

const to = (host: string, weight: number) => ({
  exposure: { addresses: output<Addresses>([host]) },
  weight,
});
const args = {
  hostedZoneId: "Z1",
  domainName: "shop.example.com",
  exposures: { nodePort: to("one.example.com", 90), loadBalancer: to("two.example.com", 10) },
};
const problemsOf = (changes: Partial<typeof args> & { ttlSeconds?: number }): string[] =>
  weightedNameProblems({ ...args, ...changes }).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );

describe("a weighted name", () => {
  it("is one record for each exposure", async () => {
    const { result, resources } = await declare(() => new WeightedName("shop", args), { preview: false });
    assert.deepEqual(namesOf(resources, "Record"), ["shop-nodePort", "shop-loadBalancer"]);
    const record = (name: string, host: string, weight: number): void => {
      assert.deepEqual(inputsOf(resources, "Record", `shop-${name}`), {
        zoneId: "Z1",
        name: "shop.example.com",
        type: "CNAME",
        ttl: 60,
        records: [host],
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight }],
      });
    };
    record("nodePort", "one.example.com", 90);
    record("loadBalancer", "two.example.com", 10);
    assert.deepEqual(await knowledgeOf(result.domainName), { known: true, value: "shop.example.com" });
  });

  it("refuses what Route 53 refuses, and what would lead clients to everybody", () => {
    assert.deepEqual(problemsOf({}), []);
    assert.match(
      problemsOf({ domainName: "shop" })[0] ?? "",
      /^domainName: "shop" is not allowed; allowed is a full/,
    );
    assert.match(problemsOf({ ttlSeconds: -1 })[0] ?? "", /^ttlSeconds: -1 is not allowed/);
    const weighted = (nodePort: number, loadBalancer: number): string[] =>
      problemsOf({ exposures: { nodePort: to("one", nodePort), loadBalancer: to("two", loadBalancer) } });
    assert.match(
      weighted(256, 0)[0] ?? "",
      /^exposures\.nodePort\.weight: 256 is not allowed; .* from 0 to 255$/,
    );
    assert.match(weighted(0, 0)[0] ?? "", /^exposures: every weight is 0/);
  });
});
