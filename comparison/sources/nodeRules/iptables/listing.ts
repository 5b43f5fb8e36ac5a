/** The tables of iptables as `iptables-save` prints them, with each rule's text as far as it affects traffic. */

export interface SavedChain {
  /** Only for a chain where the kernel enters the table. */
  readonly policy?: string;
  /** Without `-A CHAIN`. */
  readonly rules: readonly string[];
}

/** Chains by table and name. */
export type SavedTables = ReadonlyMap<string, ReadonlyMap<string, SavedChain>>;

const comment = / -m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+)/;
/** Says nothing: the protocol's own options follow `-p`. */
const protocolMatch = / -m (?:tcp|udp|sctp)(?= |$)/;
/** How much of the client's address the match `recent` remembers: all of it is what kube-proxy wants. */
const wholeSource = / --mask 255\.255\.255\.255 --rsource/;

type Chains = Map<string, { policy?: string; rules: string[] }>;

/** @throws if the text is no such listing */
export function readTables(saved: string): SavedTables {
  const tables = new Map<string, Chains>();
  let chains: Chains = new Map();
  for (const line of saved.split("\n")) {
    const [, table] = /^\*(\S+)$/.exec(line) ?? [];
    const [, name, policy] = /^:(\S+) (\S+)(?: \[|$)/.exec(line) ?? [];
    const [, chain, rule] = /^-A (\S+)(.*)$/.exec(line) ?? [];
    if (table !== undefined) tables.set(table, (chains = new Map() as Chains));
    else if (name !== undefined && policy !== undefined)
      chains.set(name, { ...(policy === "-" ? {} : { policy }), rules: [] });
    else if (chain !== undefined && rule !== undefined) ruleListOf(chains, chain).push(effective(rule));
    else if (line !== "" && line !== "COMMIT" && !line.startsWith("#"))
      throw new Error(`iptables-save's list of rules is not understood: "${line.slice(0, 60)}"`);
  }
  return tables;
}

function ruleListOf(chains: Chains, name: string): string[] {
  const found = chains.get(name);
  if (found === undefined) throw new Error(`iptables-save lists a rule of ${name}, which is no chain`);
  return found.rules;
}

const effective = (rule: string): string =>
  rule.replace(comment, "").replace(protocolMatch, "").replace(wholeSource, "").trim();
