/** The Pulumi schema of the components, which programs in other languages use. `npm run package-schema` writes it from their types. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */
export interface TypeSpec {
  readonly type?: "array" | "boolean" | "integer" | "object" | "string";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  /** No output: its value is there before anything is declared. */
  readonly plain?: boolean;
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
}

export interface ObjectSpec {
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
}

export interface NamedTypeSpec extends ObjectSpec {
  readonly type: "object" | "string";
  readonly description?: string;
  readonly enum?: readonly { readonly name: string; readonly value: string }[];
}

/** What a component offers are its `properties`. */
export interface ComponentSpec extends ObjectSpec {
  readonly isComponent: true;
  readonly description?: string;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
}

export interface Schema {
  readonly name: string;
  readonly version: string;
  readonly types: Readonly<Record<string, NamedTypeSpec>>;
  readonly resources: Readonly<Record<string, ComponentSpec>>;
}

/** A type of the schema itself by its reference; undefined if it is of another schema. */
export function typeNamed(
  schema: Pick<Schema, "types">,
  reference: string | undefined,
): NamedTypeSpec | undefined {
  return schema.types[(reference ?? "").replace("#/types/", "")];
}

/** The text of the schema in the package. */
export function schemaText(): string {
  const { resolve } = createRequire(import.meta.url);
  return readFileSync(resolve("@nodeport-vs-loadbalancer/components/schema.json"), "utf8");
}
