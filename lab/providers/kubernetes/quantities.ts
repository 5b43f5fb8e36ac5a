/**
 * Quantities as the API server stores them: `1000m` is `1`, `1024Mi` is `1Gi`, `0.1` is `100m`.
 * https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/api/resource/quantity.go (ParseQuantity, CanonicalizeBytes)
 */
import { isArray, isObject, type Properties, type Value } from "../values.ts";

const decimals = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binaries = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/** Smaller parts are rounded up. */
const nano = 10n ** 9n;

/** The text in its canonical form; other text as it is, since the API server refuses it. */
export function canonicalQuantity(text: string): string {
  const [, sign = "", whole = "", fraction = "", suffix = ""] =
    /^([+-]?)(\d*)(?:\.(\d*))?(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)$/.exec(text) ?? [];
  if (whole + fraction === "") return text;
  const [above, below] = factorOf(suffix);
  const size = above * nano * BigInt(whole + fraction);
  const unit = below * 10n ** BigInt(fraction.length);
  const nanos = (size + unit - 1n) / unit;
  const isBinary = suffix.endsWith("i") && nanos >= 1024n * nano;
  const shown = isBinary && nanos % nano === 0n ? inBinaries(nanos / nano) : inDecimals(nanos, suffix);
  return sign === "-" && nanos !== 0n ? `-${shown}` : shown;
}

/** What the number before the suffix is multiplied with, and divided by. */
function factorOf(suffix: string): readonly [bigint, bigint] {
  const binary = binaries.indexOf(suffix);
  if (suffix !== "" && binary > 0) return [1024n ** BigInt(binary), 1n];
  const decimal = decimals.indexOf(suffix);
  const exponent = decimal < 0 ? Number(suffix.slice(1)) : 3 * (decimal - decimals.indexOf(""));
  const factor = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? [1n, factor] : [factor, 1n];
}

function inBinaries(value: bigint): string {
  let [rest, power] = [value, 0];
  for (; rest % 1024n === 0n && power < binaries.length - 1; power++) rest /= 1024n;
  return `${rest}${binaries[power] ?? ""}`;
}

function inDecimals(nanos: bigint, suffix: string): string {
  let [rest, power] = [nanos, 0];
  for (; rest !== 0n && rest % 1000n === 0n && power < decimals.length - 1; power++) rest /= 1000n;
  if (rest === 0n) return "0";
  const exponent = 3 * (power - decimals.indexOf(""));
  return /^[eE]\d|^[eE][+-]/.test(suffix)
    ? `${rest}${exponent === 0 ? "" : `e${exponent}`}`
    : `${rest}${decimals[power] ?? ""}`;
}

/** Maps of quantities, by the kind in which a field of this name is one. */
const fields: Readonly<Record<string, readonly string[]>> = {
  LimitRange: ["default", "defaultRequest", "max", "maxLimitRequestRatio", "min"],
  ResourceQuota: ["hard"],
};

/** The object with all its quantities in their canonical form. */
export function withCanonicalQuantities(kind: string, object: Properties): Properties {
  const maps = new Set([...(fields[kind] ?? [])]);
  const inside = (value: Value, path: readonly string[]): Value => {
    if (isArray(value)) return value.map((item) => inside(item, path));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, inside(item, [...path, key])]),
      );
    return isQuantity(path, maps) && (typeof value === "string" || typeof value === "number")
      ? canonicalQuantity(String(value))
      : value;
  };
  const { spec } = object;
  return spec === undefined ? object : { ...object, spec: inside(spec, []) };
}

function isQuantity(path: readonly string[], maps: ReadonlySet<string>): boolean {
  const [holder = "", map = "", last = ""] = path.slice(-3);
  if (last === "sizeLimit") return map === "emptyDir";
  return (holder === "resources" && ["limits", "requests"].includes(map)) || maps.has(path.at(-2) ?? "");
}
