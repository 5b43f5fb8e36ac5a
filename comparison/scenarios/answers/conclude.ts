/** Who has to answer. */
import type { BySide } from "../../result/bySide.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { mapBySide } from "../sides.ts";
import type { Documented } from "../documented.ts";
import type { AnswersExpectations } from "./expectations.ts";

const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

export type Asked = "name" | "zones" | "nodes";

/** What is asked, with the share of answers in percent. */
export type Shares = Readonly<Partial<Record<Asked, Outcome<number>>>>;

export interface Measured {
  /** How many zones' addresses are not in DNS. */
  readonly missing: BySide<Outcome<number>>;
  readonly plain: BySide<Outcome<Shares>>;
  /** Of load balancers that don't keep the client's address: while the node ports are closed to clients, and when they are open again. */
  readonly closed: BySide<Outcome<Shares>>;
  readonly again: BySide<Outcome<Shares>>;
}

export function conclude(
  { missing, plain, closed, again }: Measured,
  { expectations: { answers: expected } }: Conditions,
): Finding[] {
  const { zonesInDns } = expected;
  return [
    {
      title: "zones whose address is not in DNS",
      unit: "addresses",
      ...missing,
      expected: bothAlike(zonesInDns.sentence, zonesInDns.source, (value) => value === 0),
    },
    ...opened(plain, expected),
    ...shut(closed, again, expected),
  ];
}

function opened(shares: BySide<Outcome<Shares>>, { name, zones }: AnswersExpectations): Finding[] {
  return [
    finding("answered by DNS name", shares, "name", 100, name),
    finding("answered by each zone's address", shares, "zones", 100, zones),
    {
      ...finding("answered by each node's address and node port", shares, "nodes", 100, {
        sentence:
          "Both types of Service answer at every node's own address, where the firewall lets clients in: a LoadBalancer Service is reachable not only through its load balancer.",
        source: nodePorts,
      }),
      headline: true,
    },
  ];
}

function shut(
  closed: BySide<Outcome<Shares>>,
  again: BySide<Outcome<Shares>>,
  expected: AnswersExpectations,
): Finding[] {
  return [
    {
      ...finding("node ports closed to clients: by node's address", closed, "nodes", 0, expected.closed),
      headline: true,
    },
    finding("node ports closed to clients: by DNS name", closed, "name", 100, expected.closedByName),
    finding("node ports opened again: by node's address", again, "nodes", 100, expected.openedAgain),
  ];
}

function finding(
  title: string,
  shares: BySide<Outcome<Shares>>,
  asked: Asked,
  percent: number,
  { sentence, source }: Documented,
): Finding {
  return {
    title,
    unit: "%",
    ...mapBySide(shares, (of) => of[asked] ?? measured(Number.NaN)),
    expected: bothAlike(sentence, source, (value) => value === percent),
  };
}
