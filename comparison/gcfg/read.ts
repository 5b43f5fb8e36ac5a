/** A controller's configuration file: the values of its keys, by section. */
import { nearest } from "../nearest.ts";
import { ConfigurationError } from "./error.ts";
import { readGcfg } from "./syntax.ts";
import type { Section, Variable } from "./syntax.ts";
import { valueOf } from "./types.ts";
import type { Type } from "./types.ts";

export interface Keys {
  /** The keys that the controller reads, by section. */
  readonly sections: Readonly<Record<string, Readonly<Record<string, Type>>>>;
  /** Sections of which there can be several, each with a name in quotes. */
  readonly named: ReadonlySet<string>;
  /** Sections that other programs read from the same file. Their keys are theirs. @default none */
  readonly ofOthers?: readonly string[];
}

/** By section, or `section "name"`, and key. A truth is `true` or `false`, a duration is in seconds; of a key that is there twice, the last value counts. */
export type Values = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * @param file its name, for errors
 * @throws ConfigurationError for what the controller does not read, and for sections and keys that it would ignore
 */
export function readValues(text: string, file: string, keys: Keys): Values {
  const { sections, variables } = readGcfg(text, file);
  const fail = (line: number, reason: string): never => {
    throw new ConfigurationError(file, line, reason);
  };
  const values = new Map<string, Map<string, string>>();
  const valuesIn = (section: Section): Map<string, string> => {
    const name = nameOf(section, keys, fail);
    const found = values.get(name) ?? new Map<string, string>();
    values.set(name, found);
    return found;
  };
  for (const section of sections) valuesIn(section);
  for (const variable of variables) {
    const section = sectionOf(variable, keys, fail);
    const known = keys.sections[section];
    if (known === undefined) continue;
    const key = keyOf(variable, section, Object.keys(known), fail);
    valuesIn(variable).set(key, checked(variable, key, known[key] ?? "text", fail));
  }
  return values;
}

type Fail = (line: number, reason: string) => never;

/** gcfg ignores case. */
function same(a: string): (b: string) => boolean {
  return (b) => a.toLowerCase() === b.toLowerCase();
}

function nameOf(section: Section, keys: Keys, fail: Fail): string {
  const { subsection } = section;
  const name = sectionOf(section, keys, fail);
  return subsection === undefined ? name : `${name} "${subsection}"`;
}

/** gcfg leaves sections and keys that it does not know out, and the controller starts all the same. */
function sectionOf({ section, subsection, line }: Section, keys: Keys, fail: Fail): string {
  const { sections, named, ofOthers = [] } = keys;
  const other = ofOthers.find(same(section));
  if (other !== undefined) return other;
  const found = Object.keys(sections).find(same(section));
  if (found === undefined)
    return fail(
      line,
      `the controller ignores the section [${section}]; allowed are ${listed(Object.keys(sections))}`,
    );
  if (!named.has(found) && subsection !== undefined)
    return fail(
      line,
      `the controller ignores the section [${section} "${subsection}"]; allowed is [${found}]`,
    );
  return found;
}

const listed = (names: readonly string[]): string => names.join(", ").replace(/, ([^,]*)$/, " and $1");

function keyOf({ key, line }: Variable, section: string, known: readonly string[], fail: Fail): string {
  const found = known.find(same(key));
  if (found !== undefined) return found;
  const meant = nearest(key, known);
  const instead = meant === undefined ? `allowed are ${known.join(", ")}` : `${meant} is probably meant`;
  return fail(line, `the controller ignores ${key} in [${section}]; ${instead}`);
}

function checked({ value, line }: Variable, key: string, type: Type, fail: Fail): string {
  const read = valueOf(value, type);
  if (read === undefined) return fail(line, `${key} has no value; write ${key} = ...`);
  return "wrong" in read ? fail(line, `${key} is "${value ?? ""}"; ${read.wrong}`) : read.value;
}
