/**
 * The chains that all Services share: they lead traffic to a Service's chains, and handle it afterwards.
 * kubernetes v1.35.4 pkg/proxy/nftables/proxier.go: setupNFTables, nftablesBaseChains, nftablesJumpChains. v1.34.4 has the same, v1.36.3 what inlineMarks.ts says.
 */
import { marksClusterIPs, marksInline, masqueradesHairpins, masqueradesMarked } from "./inlineMarks.ts";
import type { RuleSet } from "./ruleSet.ts";

type Rule = string | RegExp;

const anyService = "ip daddr . meta l4proto . th dport vmap";
/** Addresses of the node that answer on node ports: those of a set, or all. `--nodeport-addresses` decides. */
const anyNodePort = String.raw`meta l4proto \. th dport vmap`;
const newOnly = (chain: string): string => `ct state new jump ${chain}`;
const rejection = "reject with icmp port-unreachable";
const ranges = String.raw`(?:\S+|\{ [^}]+ \})`;

type Rules = Readonly<Record<string, readonly Rule[]>>;

const ofAllVersions: Rules = {
  "filter-prerouting-pre-dnat": [newOnly("firewall-check")],
  "filter-output-pre-dnat": [newOnly("firewall-check")],
  "filter-input": [newOnly("nodeport-endpoints-check"), newOnly("service-endpoints-check")],
  "filter-forward": [newOnly("service-endpoints-check"), newOnly("cluster-ips-check")],
  "filter-output": [newOnly("service-endpoints-check"), newOnly("cluster-ips-check")],
  "nat-prerouting": ["jump services"],
  "nat-output": ["jump services"],
  "nat-postrouting": ["jump masquerading"],
  services: [
    `${anyService} @service-ips`,
    new RegExp(
      String.raw`^(?:ip daddr @nodeport-ips|fib daddr type local ip daddr != 127\.0\.0\.0/8) ${anyNodePort} @service-nodeports$`,
    ),
  ],
  "service-endpoints-check": [`${anyService} @no-endpoint-services`],
  "nodeport-endpoints-check": [
    new RegExp(
      String.raw`^(?:ip daddr @nodeport-ips|ip daddr != 127\.0\.0\.0/8) ${anyNodePort} @no-endpoint-nodeports$`,
    ),
  ],
  "firewall-check": [`${anyService} @firewall-ips`],
  "cluster-ips-check": [`ip daddr @cluster-ips ${rejection}`, new RegExp(`^ip daddr ${ranges} drop$`)],
  "reject-chain": [rejection],
};

/** Up to 1.35; `mark` is kube-proxy's bit in the packet's mark, `--masquerade-bit`. */
const withChain = (mark: string): Rules => ({
  ...ofAllVersions,
  "mark-for-masquerade": [`meta mark set meta mark | ${mark}`],
  masquerading: [
    `meta mark & ${mark} 0 return`,
    `meta mark set meta mark ^ ${mark}`,
    "masquerade fully-random",
  ],
});

/** From 1.36 on. @param first of the chain `services`, which may lack one */
const inline = (mark: string, first: string): Rules => {
  const marking = marksClusterIPs(mark);
  return {
    ...ofAllVersions,
    services: [...(marking.test(first) ? [marking] : []), ...(ofAllVersions.services ?? [])],
    masquerading: [masqueradesMarked, masqueradesHairpins],
  };
};

/** Only if kube-proxy knows the Services' ranges, which it reads from the API. */
const optionalRules: ReadonlySet<string> = new Set(["cluster-ips-check"]);

/**
 * @throws if they differ from kube-proxy's: then the path of any Service's traffic is unknown
 */
export function checkSharedChains(ruleSet: RuleSet): void {
  const { chains } = ruleSet;
  const first = (chain: string): string => chains.get(chain)?.rules[0] ?? "";
  const mark = (found: string | undefined): string => found ?? "a bit";
  const expected = marksInline(ruleSet)
    ? inline(mark(masqueradesMarked.exec(first("masquerading"))?.groups?.bit), first("services"))
    : withChain(mark(/\d+$/.exec(first("mark-for-masquerade"))?.[0]));
  for (const [name, rules] of Object.entries(expected)) {
    const found = chains.get(name);
    if (found === undefined) throw misunderstood(name, "is not there");
    const policy = found.base?.policy ?? "accept";
    if (policy !== "accept") throw misunderstood(name, `has the policy "${policy}", not "accept"`);
    checkRules(name, rules, found.rules);
  }
  for (const [name, { base }] of chains) {
    if (base !== undefined && expected[name] === undefined)
      throw misunderstood(name, `of the hook ${base.hook} is none of kube-proxy's`);
  }
}

function checkRules(chain: string, expected: readonly Rule[], found: readonly string[]): void {
  for (const [index, rule] of found.entries()) {
    const there = expected[index];
    if (there === undefined || !matches(there, rule)) throw misunderstood(chain, `has the rule "${rule}"`);
  }
  const least = expected.length - (optionalRules.has(chain) ? 1 : 0);
  if (found.length < least)
    throw misunderstood(
      chain,
      `has ${found.length} of at least ${least} rules, and lacks "${String(expected[found.length])}"`,
    );
}

function matches(expected: Rule, rule: string): boolean {
  return typeof expected === "string" ? expected === rule : expected.test(rule);
}

function misunderstood(chain: string, what: string): Error {
  return new Error(
    `the chain ${chain}, which all Services share, ${what}: not what kube-proxy 1.34 to 1.36 writes`,
  );
}
