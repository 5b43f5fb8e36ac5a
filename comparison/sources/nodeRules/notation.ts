/**
 * Turns nft's JSON into nft's notation: one text for each rule, to recognise and show it. Parts without a notation here stay JSON, so that two rules never get the
 * same text by accident. https://manpages.debian.org/bookworm/libnftables1/libnftables-json.5.en.html
 */

type Fields = Readonly<Record<string, unknown>>;

/** A rule's statements. */
export function ruleText(statements: readonly unknown[]): string {
  return statements.map(statementText).join(" ");
}

/** A verdict, such as `goto CHAIN`, or any other statement. */
export function statementText(statement: unknown): string {
  return written(statement, statements);
}

/** An operand, an item of a set, or a map's key. */
export function valueText(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return written(value, values);
}

/** For each kind: the fields that its notation covers, and the notation. */
type Notation = Readonly<
  Record<string, readonly [readonly string[], (of: Fields) => string | undefined] | undefined>
>;

const values: Notation = {
  payload: [["protocol", "field"], ({ protocol, field }) => `${text(protocol)} ${text(field)}`],
  meta: [["key"], ({ key }) => `meta ${text(key)}`],
  ct: [["key"], ({ key }) => `ct ${text(key)}`],
  fib: [
    ["result", "flags"],
    ({ result, flags }) => `fib ${listOf(flags).map(text).join(" . ")} ${text(result)}`,
  ],
  numgen: [
    ["mode", "mod", "offset"],
    ({ mode, mod, offset }) => (offset === 0 ? `numgen ${text(mode)} mod ${text(mod)}` : undefined),
  ],
  map: [["key", "data"], ({ key, data }) => `${valueText(key)} map ${valueText(data)}`],
  prefix: [["addr", "len"], ({ addr, len }) => `${text(addr)}/${text(len)}`],
  // An element of a set. Its expiry changes every second, so it is left out.
  elem: [["val", "comment", "timeout", "expires"], ({ val }) => valueText(val)],
};

/** Kinds that contain a list. */
const lists: Readonly<Record<string, ((items: readonly unknown[]) => string) | undefined>> = {
  concat: (items) => items.map(valueText).join(" . "),
  range: (items) => items.map(valueText).join("-"),
  set: (items) => `{ ${items.map(elementText).join(", ")} }`,
  "&": (items) => items.map(valueText).join(" & "),
  "|": (items) => items.map(valueText).join(" | "),
  "^": (items) => items.map(valueText).join(" ^ "),
};

const statements: Notation = {
  match: [
    ["op", "left", "right"],
    ({ op, left, right }) =>
      [valueText(left), ...(op === "==" || op === "in" ? [] : [text(op)]), valueText(right)].join(" "),
  ],
  vmap: [["key", "data"], ({ key, data }) => `${valueText(key)} vmap ${valueText(data)}`],
  jump: [["target"], ({ target }) => `jump ${text(target)}`],
  goto: [["target"], ({ target }) => `goto ${text(target)}`],
  mangle: [["key", "value"], ({ key, value }) => `${valueText(key)} set ${valueText(value)}`],
  dnat: [
    ["family", "addr", "port"],
    ({ family, addr, port }) =>
      family === undefined
        ? `dnat to ${text(addr)}:${text(port)}`
        : port === undefined
          ? `dnat ${text(family)} to ${valueText(addr)}`
          : undefined,
  ],
  set: [["op", "elem", "set"], ({ op, elem, set }) => `${text(op)} ${text(set)} { ${valueText(elem)} }`],
  masquerade: [["flags"], ({ flags }) => `masquerade ${listOf(flags).map(text).join(",")}`],
  reject: [["type", "expr"], ({ type, expr }) => `reject with ${text(type)} ${text(expr)}`],
  drop: [[], () => "drop"],
  accept: [[], () => "accept"],
  return: [[], () => "return"],
};

/** An object's only key is its kind. The value of an empty kind is null. */
function written(object: unknown, notation: Notation): string {
  const json = JSON.stringify(object);
  if (typeof object !== "object" || object === null) return json;
  const [[kind, carried] = ["", undefined], ...more] = Object.entries(object);
  if (more.length > 0) return json;
  if (Array.isArray(carried)) return lists[kind]?.(carried) ?? json;
  const [said, notate] = notation[kind] ?? [];
  const fields = (carried ?? {}) as Fields;
  if (Object.keys(fields).some((field) => said?.includes(field) !== true)) return json;
  return notate?.(fields) ?? json;
}

/** Each element of a map is a pair. */
function elementText(element: unknown): string {
  return Array.isArray(element)
    ? `${valueText(element[0])} : ${statementText(element[1])}`
    : valueText(element);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
