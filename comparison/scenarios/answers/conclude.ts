/** Who has to answer. */
import { sides } from "../../result/bySide.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, bySideAsDocumented } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { mapBySide } from "../sides.ts";
import type { Documented, DocumentedBySide } from "../documented.ts";
import type { AnswersExpectations } from "./expectations.ts";

const nodePorts = "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport";

export type Asked = "name" | "zones" | "nodes";

/** What is asked, with the share of answers in percent. */
export type Shares = Readonly<Partial<Record<Asked, Outcome<number>>>>;

export interface Measured {
  /** How many zones' addresses are not in DNS; undefined without zones. */
  readonly missing?: BySide<Outcome<number>>;
  readonly plain: BySide<Outcome<Shares>>;
  /** Undefined if clients reach no side's node ports. */
  readonly shut?: Shut;
}

/** Of load balancers that don't keep the client's address: while the node ports are closed to clients, and when they are open again. */
export interface Shut {
  readonly closed: BySide<Outcome<Shares>>;
  readonly again: BySide<Outcome<Shares>>;
}

export function conclude(
  { missing, plain, shut }: Measured,
  { expectations: { answers: expected }, words }: Conditions,
): Finding[] {
  const { zonal } = expected;
  return [
    ...(missing === undefined || zonal === undefined
      ? []
      : [
          {
            title: "zones whose address is not in DNS",
            unit: "addresses" as const,
            ...missing,
            expected: bothAlike(zonal.inDns.sentence, zonal.inDns.source, (value) => value === 0),
          },
        ]),
    ...opened(plain, expected, words),
    ...(shut === undefined ? [] : shutFindings(shut, expected, words)),
  ];
}

/** Where nothing else is documented. */
export const everyNode: DocumentedBySide<0 | 100> = {
  left: 100,
  right: 100,
  sentence:
    "Both types of Service answer at every node's own address, where the firewall lets clients in: a LoadBalancer Service is reachable not only through its load balancer.",
  source: nodePorts,
};

/** The sides whose node ports clients reach, and that can be closed to them. */
export const openSides = ({ nodes = everyNode }: AnswersExpectations): Side[] =>
  sides.filter((side) => nodes[side] === 100);

function opened(
  shares: BySide<Outcome<Shares>>,
  { name, zonal, nodes = everyNode }: AnswersExpectations,
  words: Conditions["words"],
): Finding[] {
  return [
    finding(`answered by ${words.name}`, shares, "name", 100, name),
    ...(zonal === undefined
      ? []
      : [finding("answered by each zone's address", shares, "zones", 100, zonal.each)]),
    {
      ...asked("answered by each node's address and node port", shares, "nodes"),
      expected: bySideAsDocumented(nodes),
      headline: true,
    },
  ];
}

function shutFindings(
  { closed, again }: Shut,
  expected: AnswersExpectations,
  words: Conditions["words"],
): Finding[] {
  return [
    {
      ...finding("node ports closed to clients: by node's address", closed, "nodes", 0, expected.closed),
      headline: true,
    },
    finding(`node ports closed to clients: by ${words.name}`, closed, "name", 100, expected.closedByName),
    {
      ...asked("node ports opened again: by node's address", again, "nodes"),
      expected: bySideAsDocumented(expected.nodes ?? { ...everyNode, ...expected.openedAgain }),
    },
  ];
}

function finding(
  title: string,
  shares: BySide<Outcome<Shares>>,
  what: Asked,
  percent: number,
  { sentence, source }: Documented,
): Finding {
  return {
    ...asked(title, shares, what),
    expected: bothAlike(sentence, source, (value) => value === percent),
  };
}

function asked(
  title: string,
  shares: BySide<Outcome<Shares>>,
  what: Asked,
): Pick<Finding, "title" | "unit" | "left" | "right"> {
  return { title, unit: "%", ...mapBySide(shares, (of) => of[what] ?? measured(Number.NaN)) };
}
