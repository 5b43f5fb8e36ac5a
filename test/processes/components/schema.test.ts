/** Among the tests that take seconds: TypeScript's compiler reads all types. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { schemaDocument } from "../../../components/schema/packageSchema.ts";

describe("the Pulumi schema of the components", () => {
  it("is what their types are now: npm run package-schema writes it", () => {
    const written: unknown = JSON.parse(readFileSync("components/schema.json", "utf8"));
    assert.deepEqual(written, JSON.parse(schemaDocument()));
  }).timeout(60_000);
});
