/**
 * The chains of kube-proxy's iptables mode that all Services share.
 * kubernetes v1.35.4 pkg/proxy/iptables/proxier.go: iptablesJumpChains, syncProxyRules.
 */
import type { SavedChain, SavedTables } from "./listing.ts";

type Rule = string | RegExp;

const newOnly = (chain: string): string => `-m conntrack --ctstate NEW -j ${chain}`;

/** Where the kernel enters. The order of kube-proxy's rules in them does not matter. */
const baseChains: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  filter: {
    INPUT: [
      newOnly("KUBE-EXTERNAL-SERVICES"),
      newOnly("KUBE-PROXY-FIREWALL"),
      "-j KUBE-NODEPORTS",
      "-j KUBE-FIREWALL",
    ],
    FORWARD: [
      newOnly("KUBE-EXTERNAL-SERVICES"),
      newOnly("KUBE-SERVICES"),
      newOnly("KUBE-PROXY-FIREWALL"),
      "-j KUBE-FORWARD",
    ],
    OUTPUT: [newOnly("KUBE-SERVICES"), newOnly("KUBE-PROXY-FIREWALL"), "-j KUBE-FIREWALL"],
  },
  nat: {
    PREROUTING: ["-j KUBE-SERVICES"],
    OUTPUT: ["-j KUBE-SERVICES"],
    POSTROUTING: ["-j KUBE-POSTROUTING"],
  },
};

/** kube-proxy's rules in its own chains; `mark` is its bit in the packet's mark, `--iptables-masquerade-bit`. */
const ownChains = (mark: string): Readonly<Record<string, Readonly<Record<string, readonly Rule[]>>>> => ({
  filter: {
    "KUBE-FIREWALL": [
      "! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP",
    ],
    "KUBE-FORWARD": [
      /^-m conntrack --ctstate INVALID (?:-m nfacct --nfacct-name +\S+ )?-j DROP$/,
      `-m mark --mark ${mark}/${mark} -j ACCEPT`,
      "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    ],
  },
  nat: {
    "KUBE-MARK-MASQ": [`-j MARK --set-xmark ${mark}/${mark}`],
    "KUBE-POSTROUTING": [
      `-m mark ! --mark ${mark}/${mark} -j RETURN`,
      `-j MARK --set-xmark ${mark}/0x0`,
      "-j MASQUERADE --random-fully",
    ],
  },
});

/** @throws if they differ from kube-proxy's: then the path of any Service's traffic is unknown */
export function checkSharedChains(tables: SavedTables): void {
  const marking = tables.get("nat")?.get("KUBE-MARK-MASQ")?.rules[0] ?? "";
  const mark = /\/(0x[0-9a-f]+)$/.exec(marking)?.[1] ?? "a bit";
  for (const [table, chains] of Object.entries(baseChains)) {
    for (const [name, jumps] of Object.entries(chains)) {
      const { policy = "", rules } = chainOf(tables, table, name);
      if (policy !== "ACCEPT") throw misunderstood(name, `has the policy "${policy}", not "ACCEPT"`);
      checkRules(name, [...jumps].sort(), [...rules].sort());
    }
  }
  for (const [table, chains] of Object.entries(ownChains(mark))) {
    for (const [name, rules] of Object.entries(chains))
      checkRules(name, rules, chainOf(tables, table, name).rules);
  }
}

/** @throws if there is none */
export function chainOf(tables: SavedTables, table: string, name: string): SavedChain {
  const chain = tables.get(table)?.get(name);
  if (chain === undefined) throw misunderstood(name, `is not in the table ${table}`);
  return chain;
}

function checkRules(chain: string, expected: readonly Rule[], found: readonly string[]): void {
  for (const [index, rule] of found.entries()) {
    const there = expected[index];
    const isUsual = typeof there === "string" ? there === rule : (there?.test(rule) ?? false);
    if (!isUsual) throw misunderstood(chain, `has the rule "${rule}"`);
  }
  if (found.length < expected.length)
    throw misunderstood(
      chain,
      `has ${found.length} of ${expected.length} rules, and lacks "${String(expected[found.length])}"`,
    );
}

/** @param what differs */
export const misunderstood = (chain: string, what: string): Error =>
  new Error(`the chain ${chain}, which all Services share, ${what}: not what kube-proxy 1.34 to 1.36 writes`);
