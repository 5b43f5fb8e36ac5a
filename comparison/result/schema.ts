/** The JSON Schemas of a comparison, of a judgement and of orphans, generated from the schemas that define the types. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { comparisonSchema, schemaVersion } from "./comparison.ts";
import { judgementSchema, judgementVersion } from "./judgement.ts";
import { orphansSchema, orphansVersion } from "./orphans.ts";
import { severalSchema, severalVersion } from "./several.ts";

/** The text of docs/comparison.schema.json. */
export function schemaDocument(): string {
  return documentOf(comparisonSchema, schemaVersion, "The result of a comparison of two exposures.");
}

/** The text of docs/several.schema.json. */
export function severalDocument(): string {
  return documentOf(severalSchema, severalVersion, "The comparison of one Service with several others.");
}

/** The text of docs/judgement.schema.json. */
export function judgementDocument(): string {
  return documentOf(
    judgementSchema,
    judgementVersion,
    "What the Services of manifests will get, judged without a cluster.",
  );
}

/** The text of docs/orphans.schema.json. */
export function orphansDocument(): string {
  return documentOf(
    orphansSchema,
    orphansVersion,
    "Objects of a cloud that no Service of a cluster needs any more.",
  );
}

function documentOf(of: Parameters<typeof toJsonSchema>[0], title: string, what: string): string {
  const { $schema, ...schema } = toJsonSchema(of, { typeMode: "output" });
  const document = { $schema, title, description: `${what} ${readers}`, ...schema };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const readers =
  "Readers should ignore unknown fields: fields may be added; any other change takes a new version.";
