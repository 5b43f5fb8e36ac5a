/** Whose address pods have to see. */
import type { BySide } from "../../result/bySide.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import type { Seen } from "../traffic/addressOwner.ts";

const nodes =
  "With the policy Cluster, the node that a request comes through replaces the client's address with its own, so that the answer comes back through it.";
const policies = "https://kubernetes.io/docs/tutorials/services/source-ip/";
const preservation =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation";

const expected = {
  plain: { title: "Cluster, address kept", seen: "a node's", sentence: nodes, source: policies },
  masqueraded: { title: "Cluster, not kept", seen: "a node's", sentence: nodes, source: policies },
  local: {
    title: "Local, address kept",
    seen: "the client's",
    sentence:
      "With the policy Local, a node leaves the source address unchanged, and a load balancer keeps it for instances.",
    source: policies,
  },
  localMasqueraded: {
    title: "Local, not kept",
    seen: "the load balancer's",
    sentence:
      "With the policy Local, a node leaves the source address unchanged, and without client IP preservation that is the load balancer's.",
    source: preservation,
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly title: string; readonly seen: Seen; readonly sentence: string; readonly source: string }
  >
>;
export type Row = keyof typeof expected;

export const rows = Object.keys(expected) as readonly Row[];

const headlines: readonly Row[] = ["plain", "local"];

export interface Measured {
  /** Whose address pods saw, in words: see `addressOwner`. */
  readonly seen: Readonly<Record<Row, BySide<Outcome<string>>>>;
  /** Share of all requests that were answered, in percent. */
  readonly answered: BySide<Outcome<number>>;
}

export function conclude({ seen, answered }: Measured): Finding[] {
  return [...rows.map((row) => seenFinding(row, seen[row])), answeredFinding(answered)];
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

function seenFinding(row: Row, found: BySide<Outcome<string>>): Finding {
  const { title, seen, sentence, source } = expected[row];
  return {
    title: `${title}: pods see`,
    headline: headlines.includes(row),
    unit: "",
    ...found,
    expected: bothAlike(sentence, source, (value) => value === seen),
  };
}
