/** References to resources of other Pulumi packages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type ts from "typescript";

const require = createRequire(import.meta.url);

/** How a schema refers to a class of `@pulumi/aws` or `@pulumi/kubernetes`; undefined if the type is none. */
export function resourceReference(type: ts.Type): string | undefined {
  const symbol = type.getSymbol();
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName ?? "";
  const [, root = "", name = "", module = ""] =
    /^(.*\/node_modules\/@pulumi\/(aws|kubernetes))\/(.*)\.d\.ts$/.exec(file) ?? [];
  if (symbol === undefined || name === "") return undefined;
  const loaded = require(`${root}/${module}.js`) as Readonly<Record<string, { __pulumiType?: string }>>;
  const token = loaded[symbol.name]?.__pulumiType;
  if (token === undefined) throw new Error(`${symbol.name} of ${module} is no resource`);
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
    readonly version: string;
  };
  return `/${name}/v${version}/schema.json#/resources/${token.replaceAll("/", "%2F")}`;
}
