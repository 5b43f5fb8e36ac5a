/** The arguments of `npm run move`. */
import type { Arguments } from "../command.ts";
import type { ServiceRef } from "../../comparison/sources/kubernetes/reader.ts";
import { UsageError } from "../command.ts";
import { parseService } from "../services.ts";

export interface MoveArguments {
  readonly to: string;
  /** Undefined if it follows from the records. */
  readonly from: string | undefined;
  readonly shares: readonly number[];
  readonly drainSeconds: number;
  /** Paths of differences that do not matter to whoever moves. */
  readonly accepted: readonly string[];
  /** Whether the old way goes at the end. */
  readonly removes: boolean;
  readonly isPlan: boolean;
}

export const defaultShares = [10, 50, 100];

/** A Network Load Balancer forgets a TCP connection after so long without a packet. What is open then is in use. */
export const defaultDrainSeconds = 350;

export const moveOptions = {
  to: { type: "string" },
  from: { type: "string" },
  shares: { type: "string" },
  "drain-seconds": { type: "string" },
  accept: { type: "string", multiple: true },
  remove: { type: "boolean", default: false },
  adopt: { type: "string" },
  "give-back": { type: "string" },
  plan: { type: "boolean", default: false },
} as const;

export interface AdoptionArguments {
  readonly direction: "adopt" | "give back";
  readonly service: ServiceRef;
  readonly isPlan: boolean;
}

/**
 * @returns undefined if clients are to be moved
 * @throws {UsageError} for a value that is not allowed, or beside others
 */
export function adoptionArguments(values: Arguments["values"]): AdoptionArguments | undefined {
  const given = (["adopt", "give-back"] as const).filter((name) => values[name] !== undefined);
  const [option] = given;
  if (option === undefined) return undefined;
  const { plan, ...others } = values;
  const beside = Object.keys(others).find(
    (name) => name !== option && others[name] !== undefined && others[name] !== false,
  );
  if (beside !== undefined)
    throw new UsageError(`--${option} and --${beside} are given; beside --${option} only --plan is allowed`);
  return {
    direction: option === "adopt" ? "adopt" : "give back",
    service: parseService(textOf(values[option]), option),
    isPlan: plan === true,
  };
}

/**
 * @param ways that the cloud has
 * @throws {UsageError} for a value that is not allowed
 */
export function moveArguments(values: Arguments["values"], ways: readonly string[]): MoveArguments {
  const shares = values.shares === undefined ? defaultShares : sharesOf(textOf(values.shares));
  if (values.remove === true && shares.at(-1) !== 100)
    throw new UsageError(
      `--remove needs all clients to be led away first, and --shares ends with ${shares.at(-1) ?? 0}; end it with 100, or omit --remove`,
    );
  return {
    to: wayOf("to", values.to, ways),
    from: values.from === undefined ? undefined : wayOf("from", values.from, ways),
    shares,
    drainSeconds: drainSecondsOf(values["drain-seconds"]),
    accepted: (values.accept ?? []) as string[],
    removes: values.remove === true,
    isPlan: values.plan === true,
  };
}

type Value = Arguments["values"][string];

const textOf = (value: Value): string => (typeof value === "string" ? value : "");

function wayOf(option: "to" | "from", value: Value, ways: readonly string[]): string {
  const names = ways.map((way) => way.toLowerCase());
  const way = ways[names.indexOf(textOf(value).toLowerCase())];
  if (way !== undefined) return way;
  const wrong =
    value === undefined ? `--${option} is missing` : `--${option} "${textOf(value)}" is not allowed`;
  throw new UsageError(`${wrong}; allowed are ${names.join(", ")}`);
}

function sharesOf(text: string): number[] {
  const shares = text.split(",").map(Number);
  const areAscending = shares.every((share, index) => share > (shares[index - 1] ?? 0));
  if (areAscending && shares.every((share) => Number.isInteger(share) && share <= 100)) return shares;
  throw new UsageError(
    `--shares "${text}" is not allowed; allowed are ascending whole numbers from 1 to 100, such as ${defaultShares.join(",")}`,
  );
}

function drainSecondsOf(value: Value): number {
  if (value === undefined) return defaultDrainSeconds;
  const seconds = Number(textOf(value) || Number.NaN);
  if (Number.isInteger(seconds) && seconds >= 0) return seconds;
  throw new UsageError(
    `--drain-seconds "${textOf(value)}" is not allowed; allowed is a whole number of seconds, such as ${defaultDrainSeconds}`,
  );
}
