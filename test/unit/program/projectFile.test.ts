import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readSettings } from "../../../config.ts";
import { clouds } from "../../../program/clouds/index.ts";
import { declare } from "../components/core/declaring.ts";
import { checkout, devConfig, project } from "./stackFiles.ts";

interface DeclaredKey {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
}

const { config } = parse(readFileSync(join(checkout, "Pulumi.yaml"), "utf8")) as {
  config: Record<string, DeclaredKey>;
};

describe("Pulumi.yaml", () => {
  it("describes each key with its type, and has a default for all keys but the two that have none", () => {
    const withoutDefault = Object.entries(config).filter(([, key]) => key.default === undefined);
    assert.deepEqual(
      withoutDefault.map(([key]) => key),
      ["clusterName", "loadBalancerSourceRanges"],
    );
    for (const [key, { type, description }] of Object.entries(config)) {
      assert.match(type, /^(string|integer|boolean|array|object)$/, key);
      assert.ok(description.length > 20, key);
    }
  });

  for (const key of Object.keys(config)) {
    it(`describes ${key}, which the program reads`, async () => {
      const values = devConfig({ [key]: '{"no":"such value"}' });
      // Free text may be anything. Every other key refuses this value.
      const free = new Set(["clusterName", "image", "nodeSecurityGroupId", "tags"]);
      const reading = declare(() => readSettings(), { preview: true, config: values });
      if (free.has(key)) assert.ok(JSON.stringify((await reading).result).includes("such value"));
      else await assert.rejects(reading, new RegExp(`\n  ${key}`));
    });
  }

  it("has the defaults that each cloud expects for its own keys, and marks these keys", () => {
    for (const [name, { keys, defaults }] of Object.entries(clouds)) {
      assert.deepEqual(Object.keys(defaults).sort(), Object.keys(keys).sort());
      for (const [key, value] of Object.entries(defaults)) {
        assert.deepEqual(config[key]?.default, value, key);
        assert.match(config[key]?.description ?? "", new RegExp(`^${name}\\. `, "i"), key);
      }
    }
  });

  it("is this project's", () =>
    assert.ok(Object.keys(devConfig()).some((key) => key.startsWith(`${project}:`))));
});
