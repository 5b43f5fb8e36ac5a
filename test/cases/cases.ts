/** Cases: manifests as people have them, each with what is right, beside it as data. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";

const texts = v.array(v.string());

const schema = v.strictObject({
  title: v.string(),
  /** What people have. */
  people: v.string(),
  /** What is right. */
  right: v.string(),
  /** How it is judged. */
  by: v.picklist(["file"]),
  sources: v.pipe(texts, v.minLength(1)),
  /** Values of `--service`: two are compared. @default all Services are judged */
  services: v.optional(texts, []),
  /** The value of `--controller`. @default the first that is allowed */
  controller: v.optional(v.string()),
  /** The controller's configuration file. @default the controller's defaults */
  configuration: v.optional(v.string()),
  /** The command's exit code. */
  exit: v.picklist([0, 1, 2]),
  /** What its output has. */
  says: v.pipe(texts, v.minLength(1)),
  /** What its output does not have. */
  silent: v.optional(texts, []),
});

export interface Case extends v.InferOutput<typeof schema> {
  readonly name: string;
  readonly input: string;
}

const folder = import.meta.dirname;
const ending = ".expected.yaml";

/** @throws if a file has no expectation, or one that does not match the schema */
export function allCases(): Case[] {
  const inputs = readdirSync(folder).filter((file) => file.endsWith(".yaml") && !file.endsWith(ending));
  return inputs.sort().map((file) => {
    const name = basename(file, ".yaml");
    const expected: unknown = parse(readFileSync(join(folder, `${name}${ending}`), "utf8"));
    return { name, input: readFileSync(join(folder, file), "utf8"), ...v.parse(schema, expected) };
  });
}
