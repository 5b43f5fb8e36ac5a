/** A table of nftables as `nft -j list table` prints it, with rules, keys and verdicts as text. */
import * as v from "valibot";
import { ruleText, statementText, valueText } from "./notation.ts";

export interface Chain {
  /** Only for a chain where the kernel enters the table. */
  readonly base?: { readonly hook: string; readonly policy: string };
  readonly rules: readonly string[];
}

export interface RuleSet {
  readonly chains: ReadonlyMap<string, Chain>;
  /** For each map, verdicts by key, such as `goto CHAIN` by `172.20.0.1 . tcp . 443`. */
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** For each set, its elements, such as `10.244.1.7 . 10.244.1.7 . tcp . 8080`. */
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>;
  /** For each set with expiring elements, their time-out in seconds. */
  readonly timeoutSeconds: ReadonlyMap<string, number>;
}

const chainObject = v.object({
  chain: v.object({ name: v.string(), hook: v.optional(v.string()), policy: v.optional(v.string()) }),
});
const ruleObject = v.object({ rule: v.object({ chain: v.string(), expr: v.array(v.unknown()) }) });
const mapObject = v.object({
  map: v.object({ name: v.string(), elem: v.optional(v.array(v.tuple([v.unknown(), v.unknown()])), []) }),
});
const setObject = v.object({
  set: v.object({
    name: v.string(),
    timeout: v.optional(v.number()),
    elem: v.optional(v.array(v.unknown()), []),
  }),
});
/** Does not affect traffic. */
const otherObject = v.union([v.object({ metainfo: v.unknown() }), v.object({ table: v.unknown() })]);

const listing = v.object({
  nftables: v.array(v.union([chainObject, ruleObject, mapObject, setObject, otherObject])),
});

/** @throws if the text is not such a listing, or contains kinds of objects that kube-proxy never makes */
export function readRuleSet(json: string): RuleSet {
  const chains = new Map<string, { base?: NonNullable<Chain["base"]>; rules: string[] }>();
  const maps = new Map<string, ReadonlyMap<string, string>>();
  const sets = new Map<string, ReadonlySet<string>>();
  const timeoutSeconds = new Map<string, number>();
  for (const object of listed(json)) {
    if ("chain" in object) {
      const { name, hook, policy = "accept" } = object.chain;
      chains.set(name, { ...(hook === undefined ? {} : { base: { hook, policy } }), rules: [] });
    } else if ("rule" in object) {
      chains.get(object.rule.chain)?.rules.push(ruleText(object.rule.expr));
    } else if ("map" in object) {
      const entries = object.map.elem.map(
        ([key, verdict]) => [valueText(key), statementText(verdict)] as const,
      );
      maps.set(object.map.name, new Map(entries));
    } else if ("set" in object) {
      const { name, timeout, elem } = object.set;
      sets.set(name, new Set(elem.map(valueText)));
      if (timeout !== undefined) timeoutSeconds.set(name, timeout);
    }
  }
  return { chains, maps, sets, timeoutSeconds };
}

function listed(json: string): v.InferOutput<typeof listing>["nftables"] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new Error(`nft's list of rules is no JSON: "${json.slice(0, 60)}"`);
  }
  const result = v.safeParse(listing, parsed);
  if (result.success) return result.output.nftables;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new Error(
    `nft's list of rules is not understood${path === null ? "" : ` at ${path}`}: ${issue.message}`,
  );
}
