/** 13. A pod that calls its own load balancer: where the client's address is kept, a target can't reach itself. */
import type { BySide } from "../../result/bySide.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import type { VariantName } from "../testbed/variants.ts";
import { dial } from "../traffic/dial.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Scenario } from "../scenario.ts";
import { bySide, onBothSides } from "../sides.ts";
import { firstPort } from "../traffic/loadOn.ts";

/** From each pod to each zone's address, at once. */
const calls = 3;

const loopback =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html#loopback-timeout";

const kept =
  "Outside its own node a pod has the node's address; kept, it makes the node the source of a flow to itself, which it takes for forged: calls to the pod's own zone, whose only target is its node, time out.";
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

export const hairpin: Scenario = {
  id: "hairpin",
  title: "A pod calls its own load balancer",
  question: "Does a pod reach itself through its load balancer?",
  quick: false,
  async run(testbed) {
    const found = await Promise.all(
      variants.map(async ({ variant }) => {
        const shares = await onBothSides(testbed.targets(variant), testbed.signal, (target) =>
          callAll(testbed, target),
        );
        return hairpinFindings(variant, shares);
      }),
    );
    return found.flat();
  },
};

/** Of one variant. */
export function hairpinFindings(
  called: (typeof variants)[number]["variant"],
  shares: BySide<Outcome<Shares>>,
): Finding[] {
  return variants
    .filter(({ variant }) => variant === called)
    .flatMap(({ title, own, sentence }): Finding[] => [
      {
        title: `${title}: at the own zone's address`,
        unit: "%",
        ...bySide(shares, (share) => share.own),
        expected: bothAlike(sentence, loopback, (value) => value === own),
      },
      {
        title: `${title}: at other zones' addresses`,
        unit: "%",
        ...bySide(shares, ({ others }) => others),
        expected: bothAlike(
          "Another zone's address leads to another node, and a node may be the client of another.",
          loopback,
          (value) => value === 100,
        ),
      },
    ]);
}

/** Of calls that were answered, in percent. */
export interface Shares {
  readonly own: number;
  readonly others: number;
}

export interface Call {
  /** Whether the address was that of the pod's own zone. */
  readonly own: boolean;
  readonly answered: boolean;
}

async function callAll(testbed: Testbed, target: Target): Promise<Shares> {
  const { cluster, account, signal } = testbed;
  const [pods, nodes, interfaces] = await Promise.all([
    cluster.pods(target),
    cluster.nodes(),
    account.interfaces(target.hostname, signal),
  ]);
  const zoneOf = new Map(nodes.map(({ name, zone }) => [name, zone]));
  const port = firstPort(target.hostname, target.ports);
  const asked = pods
    .filter(({ ready, terminating }) => ready && !terminating)
    .flatMap(({ name, node }) =>
      interfaces.flatMap(({ address: host, zone }) =>
        Array.from({ length: calls }, async (): Promise<Call> => ({
          own: zone === zoneOf.get(node),
          answered: await dial(testbed, target, name, { host, port }),
        })),
      ),
    );
  return sharesOf(await Promise.all(asked));
}

/** In percent. @throws if there were no calls of one of the two kinds: nothing was measured then */
export function sharesOf(made: readonly Call[]): Shares {
  const share = (own: boolean): number => {
    const calls = made.filter((call) => call.own === own);
    if (calls.length === 0)
      throw new Error(`no pod has a load balancer's address in ${own ? "its own zone" : "another zone"}`);
    return (100 * calls.filter(({ answered }) => answered).length) / calls.length;
  };
  return { own: share(true), others: share(false) };
}
