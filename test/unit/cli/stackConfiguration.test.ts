import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackConfiguration } from "../../../cli/stackConfiguration.ts";

describe("a stack's configuration from its files", () => {
  let checkout: string;

  before(() => {
    checkout = mkdtempSync(join(tmpdir(), "stack-configuration-"));
    writeFileSync(
      join(checkout, "Pulumi.yaml"),
      "name: shop\nconfig:\n  size: { type: integer, default: 3 }\n  ranges: { type: array, default: [] }\n  owner: { type: string }\n",
    );
    writeFileSync(
      join(checkout, "Pulumi.test.yaml"),
      'config:\n  shop:ranges: [10.0.0.0/8]\n  aws:region: "eu-west-1"\n',
    );
    writeFileSync(join(checkout, "Pulumi.empty.yaml"), "config: {}\n");
  });

  after(() => rmSync(checkout, { recursive: true }));

  it("has the project's defaults overridden by the stack's values, as Pulumi passes them to a program", () => {
    assert.deepEqual(readStackConfiguration(checkout, "test"), {
      project: "shop",
      stack: "test",
      values: { "shop:size": "3", "shop:ranges": '["10.0.0.0/8"]', "aws:region": "eu-west-1" },
    });
  });

  it("leaves out a key with neither a value nor a default", () => {
    assert.deepEqual(readStackConfiguration(checkout, "empty").values, {
      "shop:size": "3",
      "shop:ranges": "[]",
    });
  });

  it("names the stacks if there is no such stack", () => {
    assert.throws(() => readStackConfiguration(checkout, "production"), {
      message: /^there is no Pulumi\.production\.yaml; the stacks here are: (test, empty|empty, test)$/,
    });
  });
});
