/** The types of values in a controller's configuration file, as gcfg reads them. */

/** `duration` is Go's, such as `1m30s`; a list allows no other texts. */
export type Type =
  "text" | "list" | "bool" | "count" | "number" | "port" | "path" | "duration" | readonly string[];

/** https://github.com/go-gcfg/gcfg/blob/v1.2.3/types/bool.go; gcfg ignores case. */
const truths: Readonly<Record<string, "true" | "false">> = {
  true: "true",
  yes: "true",
  on: "true",
  1: "true",
  false: "false",
  no: "false",
  off: "false",
  0: "false",
};

/** The value in one form, or what is wrong with it: the end of a sentence that begins with key and value. */
export type ReadValue = { readonly value: string } | { readonly wrong: string };

/** @param value undefined if there is no `=` */
export function valueOf(value: string | undefined, type: Type): ReadValue | undefined {
  if (value === undefined) {
    // Without `=`, a truth is true and a list is emptied: set.go (boolSetter, set).
    if (type === "bool") return { value: "true" };
    return type === "list" ? { value: "" } : undefined;
  }
  if (typeof type !== "string") {
    if (value === "" || type.includes(value)) return { value };
    return { wrong: `allowed ${type.length === 1 ? "is" : "are"} ${type.join(" and ")}, or no such key` };
  }
  return readers[type](value);
}

const asItIs = (value: string): ReadValue => ({ value });

const readers: Readonly<Record<Extract<Type, string>, (value: string) => ReadValue>> = {
  text: asItIs,
  list: asItIs,
  bool(value) {
    const truth = truths[value.toLowerCase()];
    return truth === undefined
      ? { wrong: `allowed are ${Object.keys(truths).join(", ")}` }
      : { value: truth };
  },
  count: (value) => numberIn(value, 0, Infinity, "allowed are whole numbers of 0 or more"),
  number: (value) => numberIn(value, -Infinity, Infinity, "allowed are whole numbers"),
  port: (value) => numberIn(value, 0, 65535, "allowed are ports from 1 to 65535"),
  path: (value) => (/^(\/.*)?$/.test(value) ? { value } : { wrong: "allowed are paths that begin with /" }),
  duration(value) {
    const seconds = secondsIn(value);
    return seconds === undefined
      ? { wrong: "allowed are numbers with a unit (h, m, s, ms), such as 5s" }
      : { value: String(seconds) };
  },
};

/** types/int.go: decimal, or hexadecimal after 0x. */
function numberIn(value: string, least: number, most: number, wrong: string): ReadValue {
  const number = /^[+-]?\d+$|^[+-]?0x[\da-f]+$/i.test(value.trim()) ? Number(value) : NaN;
  return number >= least && number <= most ? { value: String(number) } : { wrong };
}

/** https://pkg.go.dev/time#ParseDuration */
const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

function secondsIn(text: string): number | undefined {
  const [, sign = "", rest = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === "0") return 0;
  const parts = [...rest.matchAll(part)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== rest) return undefined;
  const seconds = parts.reduce(
    (sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? NaN),
    0,
  );
  return sign === "-" ? -seconds : seconds;
}
