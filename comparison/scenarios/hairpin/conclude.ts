/** Which calls of pods to their own load balancer have to be answered. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";
import type { VariantName } from "../testbed/variants.ts";

const loopback =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html#loopback-timeout";

const kept =
  "Outside its own node a pod has the node's address. If that address is kept, the node receives a flow that claims to come from itself, and drops it as forged: calls to the pod's own zone, whose only target is its node, time out.";
const hidden =
  "With the load balancer's own address as the source, a node can be client and target in one flow.";

/** What each variant does with the client's address, and the share of calls to the own zone's address that is answered. */
export const variants = [
  { variant: "plain", title: "Cluster, address kept", own: 0, sentence: kept },
  { variant: "local", title: "Local, address kept", own: 0, sentence: kept },
  { variant: "masqueraded", title: "Cluster, not kept", own: 100, sentence: hidden },
] as const satisfies readonly {
  readonly variant: VariantName;
  readonly title: string;
  readonly own: number;
  readonly sentence: string;
}[];

export type Called = (typeof variants)[number]["variant"];

/** By variant. */
export type Measured = Readonly<Record<Called, BySide<Outcome<Shares>>>>;

/** Share of calls that were answered, in percent. */
export interface Shares {
  /** Of calls to the address of the pod's own zone. */
  readonly own: number;
  readonly others: number;
}

export function conclude(measured: Measured): Finding[] {
  return variants.flatMap(({ variant, title, own, sentence }): Finding[] => [
    {
      title: `${title}: at the own zone's address`,
      unit: "%",
      ...bySide(measured[variant], (share) => share.own),
      expected: bothAlike(sentence, loopback, (value) => value === own),
    },
    {
      title: `${title}: at other zones' addresses`,
      unit: "%",
      ...bySide(measured[variant], ({ others }) => others),
      expected: bothAlike(
        "Another zone's address leads to another node, and a node may be the client of another.",
        loopback,
        (value) => value === 100,
      ),
    },
  ]);
}

export interface Call {
  /** Whether the address was that of the pod's own zone. */
  readonly own: boolean;
  readonly answered: boolean;
}

/** @throws if there were no calls of one of the two kinds: nothing was measured then */
export function sharesOf(made: readonly Call[]): Shares {
  const share = (own: boolean): number => {
    const calls = made.filter((call) => call.own === own);
    if (calls.length === 0)
      throw new Error(`no pod has a load balancer's address in ${own ? "its own zone" : "another zone"}`);
    return (100 * calls.filter(({ answered }) => answered).length) / calls.length;
  };
  return { own: share(true), others: share(false) };
}
