import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  configuredRecords,
  configureWeights,
  deployWeights,
  recordsIn,
  recordsNow,
  withWeights,
} from "../../../../cli/move/records.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { weightedRecordsIn } from "../../../../comparison/sources/state.ts";

/** As `pulumi stack export` has it. */
const record = (setIdentifier: string, weight: number, more: object = {}) => ({
  type: "aws:route53/record:Record",
  id: `Z1_shop.example.com_CNAME_${setIdentifier}`,
  outputs: {
    name: "shop.example.com",
    setIdentifier,
    ttl: 60,
    weightedRoutingPolicies: [{ weight }],
  },
  ...more,
});
const read = (...resources: object[]) => recordsIn(weightedRecordsIn({ deployment: { resources } }, aws));

describe("the records of a move", () => {
  it("are those in the stack's state", () => {
    assert.deepEqual(read(record("nodePort", 90), record("loadBalancer", 10)), {
      domainName: "shop.example.com",
      ttlSeconds: 60,
      weights: { nodePort: 90, loadBalancer: 10 },
    });
  });

  it("are unknown before there are any, and without those that wait for their deletion", () => {
    assert.equal(read(), undefined);
    assert.deepEqual(read(record("nodePort", 90))?.weights, { nodePort: 90 });
    const deleted = record("loadBalancer", 10, { delete: true });
    assert.deepEqual(read(record("nodePort", 90), deleted)?.weights, { nodePort: 90 });
    assert.equal(recordsIn(weightedRecordsIn({ deployment: {} }, aws)), undefined);
  });
});

describe("the records that a move starts from", () => {
  const records = (weights: Readonly<Record<string, number>>, ttlSeconds = 60) => ({
    ...{ domainName: "shop.example.com", ttlSeconds, weights },
  });
  const weightsNow = (...both: readonly Readonly<Record<string, number>>[]) => {
    const [deployed, configured] = both.map((weights) => records(weights));
    return configured && recordsNow(deployed, configured).weights;
  };

  it("are the deployed ones, or the configured ones before there are any", () => {
    assert.deepEqual(recordsNow(records({ nodePort: 90, lbc: 10 }, 5), records({ nodePort: 100, lbc: 0 })), {
      ...records({ nodePort: 90, lbc: 10 }, 5),
    });
    assert.deepEqual(recordsNow(undefined, records({ nodePort: 100 })), records({ nodePort: 100 }));
  });

  it("have every configured way, without clients if it is not deployed", () => {
    // The first deployment has failed before it made all records.
    assert.deepEqual(weightsNow({ nodePort: 100 }, { nodePort: 100, loadBalancer: 0 }), {
      nodePort: 100,
      loadBalancer: 0,
    });
    // Added by hand.
    assert.deepEqual(weightsNow({ nodePort: 100 }, { nodePort: 50, shared: 50 }), {
      nodePort: 100,
      shared: 0,
    });
  });

  it("are the configured ones if the first deployment has made none that has clients", () => {
    const configured = { nodePort: 100, loadBalancer: 0 };
    assert.deepEqual(weightsNow({ loadBalancer: 0 }, configured), configured);
  });

  it("have a way whose removal was killed as long as it is deployed", () => {
    assert.deepEqual(weightsNow({ nodePort: 100, loadBalancer: 0 }, { nodePort: 100 }), {
      nodePort: 100,
      loadBalancer: 0,
    });
    assert.deepEqual(weightsNow({ nodePort: 100 }, { nodePort: 100 }), { nodePort: 100 });
  });
});

describe("the configuration of a move", () => {
  let directory: string;
  const file = (): string => join(directory, "Pulumi.dev.yaml");
  const write = (text: string): void => {
    writeFileSync(file(), text);
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "move-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nconfig:\n  weightedName: { default: {} }\n");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("changes the weights, and leaves everything else as it is", () => {
    const before = `config:
  # Who clients are.
  shop:weightedName:
    hostedZone: example.com
    domainName: shop.example.com
    weights:
      nodePort: 100
      loadBalancer: 0
  shop:other: "a long text ${"x".repeat(100)}"
`;
    write(before);
    assert.deepEqual(configuredRecords(directory, "dev"), {
      domainName: "shop.example.com",
      ttlSeconds: 60,
      weights: { nodePort: 100, loadBalancer: 0 },
    });
    configureWeights(directory, "dev", { nodePort: 90, loadBalancer: 10 });
    assert.equal(
      readFileSync(file(), "utf8"),
      before.replace("nodePort: 100", "nodePort: 90").replace("loadBalancer: 0", "loadBalancer: 10"),
    );
  });

  it("has no weight of a way that is removed, and one of a way that is made", () => {
    write(
      "config:\n  shop:weightedName:\n    domainName: shop.example.com\n    weights:\n      nodePort: 0 # old\n      loadBalancer: 100\n",
    );
    configureWeights(directory, "dev", { loadBalancer: 100, lbc: 0 });
    assert.match(readFileSync(file(), "utf8"), /weights:\n {6}loadBalancer: 100\n {6}lbc: 0\n$/);
  });

  it("is planned with other weights without a change of the file", () => {
    write("config:\n  shop:weightedName: { domainName: shop.example.com, weights: { nodePort: 1 } }\n");
    const before = readFileSync(file(), "utf8");
    const { values } = withWeights(directory, "dev", { lbc: 100 });
    assert.deepEqual(JSON.parse(values["shop:weightedName"] ?? ""), {
      domainName: "shop.example.com",
      weights: { lbc: 100 },
    });
    assert.equal(readFileSync(file(), "utf8"), before);
  });

  it("has the new weights while they are deployed, and the former ones again if that fails", async () => {
    write(
      "config:\n  shop:weightedName: { domainName: shop.example.com, weights: { nodePort: 100, loadBalancer: 0 } }\n",
    );
    const weights = () => configuredRecords(directory, "dev").weights;
    const change = { from: { nodePort: 90, loadBalancer: 10 }, to: { nodePort: 50, loadBalancer: 50 } };
    assert.deepEqual(
      await deployWeights(directory, "dev", change, () => Promise.resolve(weights())),
      change.to,
    );
    assert.deepEqual(weights(), change.to);
    const failing = deployWeights(directory, "dev", change, () => {
      assert.deepEqual(weights(), change.to);
      return Promise.reject(new Error("pulumi up failed"));
    });
    await assert.rejects(failing, /pulumi up failed/);
    assert.deepEqual(weights(), change.from);
  });

  it("says how to give the stack a name", () => {
    write("config: {}\n");
    assert.throws(() => configuredRecords(directory, "dev"), /set shop:weightedName in Pulumi\.dev\.yaml/);
  });
});
