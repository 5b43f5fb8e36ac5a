/** The JSON Schemas of a comparison and of a judgement, generated from the schemas that define the types. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { comparisonSchema, schemaVersion } from "./comparison.ts";
import { judgementSchema, judgementVersion } from "./judgement.ts";

/** The text of docs/comparison.schema.json. */
export function schemaDocument(): string {
  return documentOf(comparisonSchema, schemaVersion, "The result of a comparison of two exposures.");
}

/** The text of docs/judgement.schema.json. */
export function judgementDocument(): string {
  return documentOf(
    judgementSchema,
    judgementVersion,
    "What the Services of manifests will get, judged without a cluster.",
  );
}

function documentOf(of: Parameters<typeof toJsonSchema>[0], title: string, what: string): string {
  const { $schema, ...schema } = toJsonSchema(of, { typeMode: "output" });
  const document = { $schema, title, description: `${what} ${readers}`, ...schema };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const readers =
  "Readers should ignore unknown fields: fields may be added; any other change takes a new version.";
