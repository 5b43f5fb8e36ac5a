/** What apps make of proxy protocol headers, if they read them and if not. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide } from "../sides.ts";

const specification = "https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt";
const policies = "https://kubernetes.io/docs/tutorials/services/source-ip/";

/** What is sent to what, in the order in which it is deployed. */
export const stages = {
  neither: "no header, an app that reads none",
  unread: "a header, an app that reads none",
  read: "a header, an app that reads it",
  missing: "no header, an app that expects one",
} as const;
export type Stage = keyof typeof stages;

export interface Met {
  /** Share of requests that were answered, in percent. */
  readonly answered: number;
  /** Whose address the app takes for the client's: see `addressOwner`. */
  readonly seen: string;
}

export type Measured = Readonly<Record<Stage, BySide<Outcome<Met>>>>;

/** Which of them answer. */
const answers: Readonly<Record<Stage, { readonly percent: number; readonly sentence: string }>> = {
  neither: { percent: 100, sentence: "Without a header, a connection begins with the client's own words." },
  unread: {
    percent: 0,
    sentence:
      "The header comes before the client's own words, and is no HTTP: an app that does not expect it takes it for a bad request.",
  },
  read: {
    percent: 100,
    sentence: "An app that expects the header reads it, and then the client's own words.",
  },
  missing: {
    percent: 0,
    sentence:
      "An app that expects the header must not guess whether there is one: it closes a connection without it.",
  },
};

export function conclude(measured: Measured, { expectations }: Conditions): Finding[] {
  const { address } = expectations.proxyProtocol;
  const seen = (stage: Stage, owner: string, sentence: string, source: string): Finding => ({
    title: `${stages[stage]}: pods see`,
    unit: "",
    headline: stage === "read",
    ...bySide(measured[stage], (met) => met.seen),
    expected: bothAlike(sentence, source, (value) => value === owner),
  });
  return [
    ...(Object.keys(stages) as Stage[]).map((stage): Finding => {
      const { percent, sentence } = answers[stage];
      return {
        title: `${stages[stage]}: answered`,
        unit: "%",
        headline: stage === "unread",
        ...bySide(measured[stage], ({ answered }) => answered),
        expected: bothAlike(sentence, specification, (value) => value === percent),
      };
    }),
    seen(
      "neither",
      "a node's",
      "With the policy Cluster, the node that a request comes through replaces the source with its own.",
      policies,
    ),
    seen("read", "the client's", address.sentence, address.source),
  ];
}
