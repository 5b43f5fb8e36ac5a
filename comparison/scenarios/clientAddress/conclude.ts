/** Whose address pods have to see. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { asDocumented, bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import type { Seen } from "../traffic/addressOwner.ts";
import type { DocumentedValue } from "../documented.ts";
import type { ClientAddressExpectations } from "./expectations.ts";

const nodes =
  "With the policy Cluster, the node that a request comes through replaces the client's address with its own, so that the answer comes back through it.";
const policies = "https://kubernetes.io/docs/tutorials/services/source-ip/";

const titles = {
  plain: "Cluster, address kept",
  masqueraded: "Cluster, not kept",
  local: "Local, address kept",
  localMasqueraded: "Local, not kept",
} as const;
export type Row = keyof typeof titles;

export const rows = Object.keys(titles) as readonly Row[];

/** Where no load balancer can keep it. */
const titlesOfProxies: Readonly<Partial<Record<Row, string>>> = { plain: "Cluster", local: "Local" };

const titlesFor = ({ localMasqueraded }: ClientAddressExpectations): typeof titlesOfProxies =>
  localMasqueraded === undefined ? titlesOfProxies : titles;

export const rowsFor = (expected: ClientAddressExpectations): readonly Row[] =>
  rows.filter((row) => row in titlesFor(expected));

/** A node does it, so every cloud has it. */
const replaced: DocumentedValue<Seen> = { value: "a node's", sentence: nodes, source: policies };

const headlines: readonly Row[] = ["plain", "local"];

export interface Measured {
  /** Whose address pods saw, in words: see `addressOwner`. */
  readonly seen: Readonly<Partial<Record<Row, BySide<Outcome<string>>>>>;
  /** Share of all requests that were answered, in percent. */
  readonly answered: BySide<Outcome<number>>;
}

export function conclude({ seen, answered }: Measured, { expectations }: Conditions): Finding[] {
  const documented = expectations.clientAddress;
  const expected = { plain: replaced, masqueraded: replaced, ...documented };
  const titles = titlesFor(documented);
  const findings = rowsFor(documented).flatMap((row) => {
    const [found, documented, title] = [seen[row], expected[row], titles[row]];
    return found === undefined || documented === undefined || title === undefined
      ? []
      : [seenFinding(title, headlines.includes(row), found, documented)];
  });
  return [...findings, answeredFinding(answered)];
}

function answeredFinding(answered: BySide<Outcome<number>>): Finding {
  return {
    title: "answered, by all of these",
    unit: "%",
    ...answered,
    expected: bothAlike(
      "Whose address a pod sees makes no difference to its answer.",
      policies,
      (value) => value === 100,
    ),
  };
}

function seenFinding(
  title: string,
  headline: boolean,
  found: BySide<Outcome<string>>,
  documented: DocumentedValue<Seen>,
): Finding {
  return {
    title: `${title}: pods see`,
    headline,
    unit: "",
    ...found,
    expected: asDocumented(documented),
  };
}
