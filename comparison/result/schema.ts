/** The JSON form of a comparison as a JSON Schema, made of the one that the types come from. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { comparisonSchema, schemaVersion } from "./comparison.ts";

/** The text of docs/comparison.schema.json. */
export function schemaDocument(): string {
  const { $schema, ...schema } = toJsonSchema(comparisonSchema, { typeMode: "output" });
  const document = { $schema, title: schemaVersion, description, ...schema };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const description =
  "What a comparison of two exposures found. Readers should ignore what they do not know: fields may be added; anything else takes a new version.";
