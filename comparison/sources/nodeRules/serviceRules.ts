/**
 * The rules in a Service's own chains, by what they do.
 * kubernetes v1.35.4 pkg/proxy/nftables/proxier.go: syncProxyRules, writeServiceToEndpointRules.
 */
import type { RuleSet } from "./ruleSet.ts";

/** The kinds of senders that kube-proxy distinguishes. */
export type Sender = "outside" | "pods" | "node";
export const senders: readonly Sender[] = ["outside", "pods", "node"];

export type Rule = { readonly text: string } & (
  | { readonly kind: "mark"; readonly from: readonly Sender[]; readonly to?: string }
  | { readonly kind: "goto"; readonly from: readonly Sender[]; readonly chain: string }
  /** To the client's previous endpoint, as long as the set remembers the client. */
  | { readonly kind: "stick"; readonly set: string; readonly chain: string }
  /** To one of the endpoints, with equal probability. */
  | { readonly kind: "spread"; readonly chains: readonly string[] }
  /** An endpoint that reaches itself must not see its own address as the client's. */
  | { readonly kind: "return"; readonly address: string }
  | { readonly kind: "remember"; readonly set: string }
  | { readonly kind: "translate"; readonly protocol: string; readonly endpoint: string }
  /** Only these sources may pass. */
  | { readonly kind: "admit"; readonly ranges: readonly string[] }
  /** Not a rule of kube-proxy. */
  | { readonly kind: "foreign" }
);

type Meaning = Rule extends infer R ? (R extends Rule ? Omit<R, "text"> : never) : never;

const fromNotPods = /^ip daddr \S+ (?<who>(?:ip saddr|meta iifname) != \S+) jump mark-for-masquerade$/;

/**
 * How kube-proxy detects pods' traffic, such as `ip saddr 10.244.0.0/16`; `--detect-local-mode` decides. Undefined if it cannot.
 * @throws if there are several ways, because a node has only one kube-proxy
 */
export function podsIn({ chains }: RuleSet): string | undefined {
  const found = new Set(
    [...chains.values()].flatMap(({ rules }) =>
      rules.flatMap((rule) => fromNotPods.exec(rule)?.groups?.who ?? []),
    ),
  );
  if (found.size > 1)
    throw new Error(
      `the rules detect the pods' traffic in several ways, but kube-proxy uses only one: ${[...found].join(", ")}`,
    );
  const [notPods] = found;
  return notPods?.replace(" != ", " ");
}

/** Each row is one rule that kube-proxy writes. */
const shapes: readonly [RegExp, (part: Readonly<Record<string, string>>) => Meaning | undefined][] = [
  [/^jump mark-for-masquerade$/, () => ({ kind: "mark", from: senders })],
  [/^fib saddr type local jump mark-for-masquerade$/, () => ({ kind: "mark", from: ["node"] })],
  [
    /^ip daddr (?<to>\S+) (?<notPods>not pods )?jump mark-for-masquerade$/,
    ({ to = "", notPods }) => ({
      kind: "mark",
      from: notPods === undefined ? senders : ["outside", "node"],
      to,
    }),
  ],
  [
    /^ip saddr (?<address>[\d.]+) jump mark-for-masquerade$/,
    ({ address = "" }) => ({ kind: "return", address }),
  ],
  [/^goto (?<chain>\S+)$/, ({ chain = "" }) => ({ kind: "goto", from: senders, chain })],
  [/^pods goto (?<chain>\S+)$/, ({ chain = "" }) => ({ kind: "goto", from: ["pods"], chain })],
  [
    /^fib saddr type local goto (?<chain>\S+)$/,
    ({ chain = "" }) => ({ kind: "goto", from: ["node"], chain }),
  ],
  [
    /^ip saddr @(?<set>\S+) goto (?<chain>\S+)$/,
    ({ set = "", chain = "" }) => ({ kind: "stick", set, chain }),
  ],
  [
    /^numgen random mod (?<count>\d+) vmap \{ (?<choices>.+) \}$/,
    ({ count = "", choices = "" }) => spread(Number(count), choices.split(", ")),
  ],
  [/^update @(?<set>\S+) \{ ip saddr \}$/, ({ set = "" }) => ({ kind: "remember", set })],
  [
    /^meta l4proto (?<protocol>\S+) dnat to (?<endpoint>[\d.]+:\d+)$/,
    ({ protocol = "", endpoint = "" }) => ({ kind: "translate", protocol, endpoint }),
  ],
  [
    /^ip saddr != (?:\{ (?<several>[^}]+) \}|(?<one>[\d./]+)) drop$/,
    ({ several, one = "" }) => ({ kind: "admit", ranges: several?.split(", ") ?? [one] }),
  ],
];

/** @param pods how kube-proxy detects pods' traffic, see {@link podsIn} */
export function serviceRule(text: string, pods: string | undefined): Rule {
  const general = pods === undefined ? text : withPods(text, pods);
  for (const [shape, meaning] of shapes) {
    const match = shape.exec(general);
    const meant = match === null ? undefined : meaning(match.groups ?? {});
    if (meant !== undefined) return { ...meant, text };
  }
  return { kind: "foreign", text };
}

function withPods(text: string, pods: string): string {
  if (text.startsWith(`${pods} goto `)) return text.replace(pods, "pods");
  return text.replace(` ${pods.replace(/ (?=\S+$)/, " != ")} `, " not pods ");
}

/** Only an even one, with every endpoint once. */
function spread(count: number, choices: readonly string[]): Meaning | undefined {
  const chains = choices.map((choice, index) => {
    const [number, chain] = choice.split(" : goto ");
    return number === String(index) ? chain : undefined;
  });
  const known = chains.filter((chain) => chain !== undefined);
  return new Set(known).size === count && chains.length === count
    ? { kind: "spread", chains: known }
    : undefined;
}
