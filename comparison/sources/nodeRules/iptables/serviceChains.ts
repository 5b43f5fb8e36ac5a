/** The rules of a Service's own chains, in the words of the nftables mode. */

/** Each row is one rule that kube-proxy writes. What matches none keeps its text, which no reader of rules knows. */
const shapes: readonly [RegExp, (part: Readonly<Record<string, string>>) => readonly string[]][] = [
  [/^-j KUBE-MARK-MASQ$/, () => ["jump mark-for-masquerade"]],
  [
    /^-m addrtype --src-type LOCAL -j KUBE-MARK-MASQ$/,
    () => ["fib saddr type local jump mark-for-masquerade"],
  ],
  [
    /^! -s (?<pods>\S+) -d (?<to>[\d.]+)\/32 -p \w+ --dport \d+ -j KUBE-MARK-MASQ$/,
    ({ pods = "", to = "" }) => [`ip daddr ${to} ip saddr != ${pods} jump mark-for-masquerade`],
  ],
  [
    /^-d (?<to>[\d.]+)\/32 -p \w+ --dport \d+ -j KUBE-MARK-MASQ$/,
    ({ to = "" }) => [`ip daddr ${to} jump mark-for-masquerade`],
  ],
  [
    /^-s (?<own>[\d.]+)\/32 -j KUBE-MARK-MASQ$/,
    ({ own = "" }) => [`ip saddr ${own} jump mark-for-masquerade`],
  ],
  [/^-j (?<chain>KUBE-SV[CL]-\S+)$/, ({ chain = "" }) => [`goto ${chain}`]],
  [
    /^-s (?<pods>\S+) -j (?<chain>KUBE-SVC-\S+)$/,
    ({ pods = "", chain = "" }) => [`ip saddr ${pods} goto ${chain}`],
  ],
  [
    /^-m addrtype --src-type LOCAL -j (?<chain>KUBE-SVC-\S+)$/,
    ({ chain = "" }) => [`fib saddr type local goto ${chain}`],
  ],
  [
    /^-m recent --rcheck --seconds \d+ --reap --name (?<set>\S+) -j (?<chain>KUBE-SEP-\S+)$/,
    ({ set = "", chain = "" }) => [`ip saddr @${set} goto ${chain}`],
  ],
  [
    /^-p (?<protocol>\w+) (?:-m recent --set --name (?<set>\S+) )?-j DNAT --to-destination (?<endpoint>[\d.]+:\d+)$/,
    ({ protocol = "", set, endpoint = "" }) => [
      ...(set === undefined ? [] : [`update @${set} { ip saddr }`]),
      `meta l4proto ${protocol} dnat to ${endpoint}`,
    ],
  ],
];

const choice =
  /^(?:-m statistic --mode random --probability (?<probability>[\d.]+) )?-j (?<chain>KUBE-SEP-\S+)$/;
const remembering = /^-m recent --rcheck --seconds (?<seconds>\d+) --reap --name (?<set>\S+) /;

export interface ReadChain {
  readonly rules: readonly string[];
  /** Seconds for which each list of clients remembers one. */
  readonly timeouts: readonly (readonly [set: string, seconds: number])[];
}

export function serviceChain(rules: readonly string[]): ReadChain {
  const first = rules.findIndex((rule) => choice.test(rule));
  const end = first + rules.slice(first).findIndex((rule) => !choice.test(rule));
  const choices = first === -1 ? [] : rules.slice(first, end < first ? undefined : end);
  const before = rules.slice(0, first === -1 ? undefined : first);
  const after = first === -1 ? [] : rules.slice(first + choices.length);
  return {
    rules: [...before.flatMap(written), ...spread(choices), ...after.flatMap(written)],
    timeouts: rules.flatMap((rule) => {
      const { seconds, set } = remembering.exec(rule)?.groups ?? {};
      return seconds === undefined || set === undefined ? [] : [[set, Number(seconds)] as const];
    }),
  };
}

function written(rule: string): readonly string[] {
  for (const [shape, words] of shapes) {
    const match = shape.exec(rule);
    if (match !== null) return words(match.groups ?? {});
  }
  return [rule];
}

/** The kernel keeps a probability as a fraction of 2^31, and prints eleven digits of it. */
const precision = 1e-8;

/** One endpoint of several with equal probability: each rule takes its share of what those before it left. */
function spread(choices: readonly string[]): readonly string[] {
  const found = choices.map((rule) => choice.exec(rule)?.groups ?? {});
  const isEven = found.every(({ probability = "1" }, index) => {
    const expected = 1 / (found.length - index);
    return Math.abs(Number(probability) - expected) < precision;
  });
  if (!isEven || found.length === 0) return choices;
  const targets = found.map(({ chain }, index) => `${index} : goto ${chain ?? ""}`);
  return [`numgen random mod ${found.length} vmap { ${targets.join(", ")} }`];
}
