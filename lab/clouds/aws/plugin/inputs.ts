/** From a program's arguments to complete inputs, and from AWS's answers back to inputs: pure functions. */
import { uniqueName } from "../../../providers/autoname.ts";
import { changes, type Change } from "../../../providers/diff.ts";
import type { CheckRequest, CheckResult, Diff, DiffRequest, Failure } from "../../../providers/protocol.ts";
import {
  defined,
  isArray,
  isObject,
  UNKNOWN,
  type Properties,
  type Value,
} from "../../../providers/values.ts";
import type { ResourceType } from "./resource.ts";
import { argumentAt, checkFields } from "./schema.ts";
import type { Argument } from "./schema.ts";

/** The inputs that the program did not set. The engine hides the key, and a name listed here may change with a replacement. */
const defaultsKey = "__defaults";

/** As in the official plug-in: `<logical name>-<7 hexadecimal digits>`. */
const nameDigits = 7;
/** The digits after a prefix from the program. */
const prefixedNameDigits = 20;

const isAutonamed = (inputs: Properties): boolean => {
  const defaults = inputs[defaultsKey];
  return isArray(defaults) && defaults.includes("name");
};

function automaticName(request: CheckRequest, maxLength: number): string | undefined {
  const { oldInputs, inputs, autonaming, seed } = request;
  if (oldInputs && isAutonamed(oldInputs) && oldInputs.namePrefix === inputs.namePrefix)
    return oldInputs.name as string;
  const prefix = inputs.namePrefix;
  if (prefix === UNKNOWN) return UNKNOWN;
  if (typeof prefix === "string") return uniqueName({ prefix, digits: prefixedNameDigits, maxLength, seed });
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming) return autonaming.proposedName.slice(0, maxLength);
  return uniqueName({ prefix: `${request.name}-`, digits: nameDigits, maxLength, seed });
}

function nameFailures(name: Value | undefined, maxLength: number): Failure[] {
  if (name === undefined)
    return [{ property: "name", reason: "missing: automatic names are disabled (pulumi:autonaming)" }];
  if (typeof name !== "string" || name === UNKNOWN || name.length <= maxLength) return [];
  const length = String(name.length);
  return [
    {
      property: "name",
      reason: `"${name}" has ${length} characters; AWS accepts at most ${String(maxLength)}`,
    },
  ];
}

export function check(type: ResourceType, request: CheckRequest): CheckResult {
  const failures: Failure[] = [];
  const checked = checkFields(type.arguments, request.inputs, "", failures);
  failures.push(...(type.validate?.(checked) ?? []));
  if (type.maxNameLength === undefined) return { inputs: checked, failures };
  if (checked.name !== undefined && checked.namePrefix !== undefined)
    failures.push({ property: "namePrefix", reason: "conflicts with name: set one, not both" });
  const name = checked.name ?? automaticName(request, type.maxNameLength);
  failures.push(...nameFailures(name, type.maxNameLength));
  const defaults = checked.name === undefined ? ["name"] : [];
  return { inputs: defined({ ...checked, name, [defaultsKey]: defaults }), failures };
}

/** The object's tags: the configuration's default tags and its own, which take precedence. */
export const mergeTags = (
  defaultTags: Readonly<Record<string, string>>,
  inputs: Properties,
): Record<string, string> => ({
  ...defaultTags,
  ...(isObject(inputs.tags) ? (inputs.tags as Record<string, string>) : {}),
});

export function diff(
  type: ResourceType,
  { oldInputs, oldOutputs, inputs }: DiffRequest,
  defaultTags: Readonly<Record<string, string>>,
): Diff {
  // A removed argument, not an item of a list that remains.
  const kept = ({ path, kind }: Change) =>
    kind === "delete" &&
    typeof path.at(-1) === "string" &&
    argumentAt(type.arguments, path)?.computed === true;
  const found = changes(oldInputs, inputs).filter((change) => !kept(change));
  const replaced = new Set<string | number>(type.replacedBy?.(oldInputs, inputs));
  const result = found.map((change) => {
    const argument = String(change.path[0]);
    return { ...change, replace: type.arguments[argument]?.immutable === true || replaced.has(argument) };
  });
  const tagsChanged = result.some(({ path }) => path[0] === "tags");
  const tagsAll = oldOutputs.tagsAll;
  if (type.setTags && !tagsChanged && changes(tagsAll ?? {}, mergeTags(defaultTags, inputs)).length > 0)
    result.push({ path: ["tagsAll"], kind: "update", replace: false });
  // Two objects cannot have the same name at the same time. An automatic name changes with the replacement.
  const sameName = inputs.name !== undefined && inputs.name === oldInputs.name && !isAutonamed(inputs);
  return { changes: result, deleteBeforeReplace: sameName && result.some(({ replace }) => replace) };
}

/** The part of a live value that the inputs determine. */
function project(live: Value, input: Value): Value {
  if (isObject(live) && isObject(input))
    return Object.fromEntries(
      Object.entries(input).map(([key, item]) => [key, project(live[key] ?? item, item)]),
    );
  if (isArray(live) && isArray(input))
    return live.map((item, index) => (input[index] === undefined ? item : project(item, input[index])));
  return live;
}

function liveTags(
  live: Properties,
  own: Properties,
  defaultTags: Readonly<Record<string, string>>,
): Properties {
  const entries = Object.entries(isObject(live.tagsAll) ? live.tagsAll : {});
  return Object.fromEntries(entries.filter(([key, value]) => key in own || defaultTags[key] !== value));
}

/** An object without a required field is what AWS answers for one that was never set, such as access logs without a bucket. */
const isGiven = (value: Value | undefined, argument: Argument | undefined): boolean =>
  value !== undefined &&
  !(
    argument?.type === "object" &&
    isObject(value) &&
    Object.entries(argument.fields).some(([name, { required }]) => required === true && !(name in value))
  );

/**
 * The inputs that would make the object as it is now, for refresh and import.
 * @param oldInputs empty on import; then every argument that does not have its default
 */
export function inputsOf(
  type: ResourceType,
  live: Properties,
  oldInputs: Properties,
  defaultTags: Readonly<Record<string, string>>,
): Properties {
  const imported = Object.keys(oldInputs).length === 0;
  const own = isObject(oldInputs.tags) ? oldInputs.tags : {};
  const tags = type.setTags ? liveTags(live, own, defaultTags) : {};
  const hasTags = Object.keys(tags).length > 0 || "tags" in oldInputs;
  const present = { ...live, ...(hasTags ? { tags } : {}) } as Properties;
  if (!imported) {
    const known = Object.entries(oldInputs).map(([key, item]) => [key, project(present[key] ?? item, item)]);
    return { ...Object.fromEntries(known), ...(hasTags ? { tags } : {}) } as Properties;
  }
  const names = Object.keys(type.arguments).filter((name) => isGiven(present[name], type.arguments[name]));
  const inputs = Object.fromEntries(names.map((name) => [name, present[name] as Value]));
  return type.maxNameLength === undefined ? inputs : { ...inputs, [defaultsKey]: [] };
}
