import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { Comparison } from "../../../../comparison/result/comparison.ts";
import { jsonReport } from "../../../../comparison/report/json.ts";
import { schemaDocument } from "../../../../comparison/result/schema.ts";
import * as examples from "./example.ts";

const committed = readFileSync("docs/comparison.schema.json", "utf8");

describe("a comparison as JSON", () => {
  const validate = new Ajv({ strict: true }).compile(JSON.parse(committed) as object);

  for (const [name, comparison] of Object.entries(examples)) {
    it(`holds everything, and matches the documented schema: ${name}`, () => {
      const read: unknown = JSON.parse(jsonReport(comparison));
      assert.deepEqual(read, comparison);
      assert(validate(read), JSON.stringify(validate.errors));
    });
  }

  it("does not match the documented schema if a part is missing or of another type", () => {
    const { verdict: _, ...rest } = examples.equivalent;
    assert.equal(validate(rest), false);
    assert.equal(
      validate({ ...examples.equivalent, schema: "nodeport-vs-loadbalancer/comparison/v2" }),
      false,
    );
    assert.equal(validate({ ...examples.equivalent, basis: "guessed" }), false);
  });

  it("is not written if it does not match the schema", () => {
    const broken = { ...examples.equivalent, made: 7 } as unknown as Comparison;
    assert.throws(() => jsonReport(broken), /Expected string but received 7/);
  });
});

describe("docs/comparison.schema.json", () => {
  it("is up to date: run npm run schema", () => {
    assert.equal(committed, schemaDocument());
  });
});
