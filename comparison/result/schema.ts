/** The JSON Schema of a comparison, generated from the schema that defines the types. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { comparisonSchema, schemaVersion } from "./comparison.ts";

/** The text of docs/comparison.schema.json. */
export function schemaDocument(): string {
  const { $schema, ...schema } = toJsonSchema(comparisonSchema, { typeMode: "output" });
  const document = { $schema, title: schemaVersion, description, ...schema };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const description =
  "The result of a comparison of two exposures. Readers should ignore unknown fields: fields may be added; any other change takes a new version.";
