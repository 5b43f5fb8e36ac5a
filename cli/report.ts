/** What `npm start` shows at its end, as text. */
import { styleText } from "node:util";
import Table from "cli-table3";
import type { Row } from "../comparison/loadBalancer/sideBySide.ts";
import type { Traffic } from "./verify.ts";

/** Marks words with colour, or leaves them. */
export type Paint = (format: "green" | "red" | "dim" | "bold", text: string) => string;

/** Colour where a person looks at a terminal and has not asked to be spared. https://no-color.org */
export function paintFor(isTerminal: boolean, env: NodeJS.ProcessEnv = process.env): Paint {
  const colour = isTerminal && (env.NO_COLOR ?? "") === "";
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
}

/** Names of the two sides, left and right. */
export type Sides = readonly [string, string];

/** Widths that fit on 80 columns with the borders. */
const widths = [30, 23, 23];

export function sideBySideTable(rows: readonly Row[], sides: Sides, paint: Paint): string {
  const table = new Table({
    head: ["ELBv2 API", ...sides],
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], compact: true },
  });
  let last = "";
  for (const { section, aspect, left, right, likeness } of rows) {
    const [a, b] = [broken(left), broken(right)];
    if (section !== last) table.push([{ colSpan: 3, content: paint("bold", section) }]);
    last = section;
    if (likeness === "different") table.push([`${aspect} (!)`, paint("red", a), paint("red", b)]);
    else
      table.push([
        aspect,
        likeness === "own" ? paint("dim", a) : a,
        likeness === "own" ? paint("dim", b) : b,
      ]);
  }
  return table.toString();
}

/** The traffic through both load balancers, a column each. */
export function trafficTable([left, right]: readonly [Traffic, Traffic], sides: Sides): string {
  const table = new Table({
    head: ["requests from the client", ...sides],
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const row = (title: string, value: (traffic: Traffic["summary"]) => string): unknown =>
    table.push([title, value(left.summary), value(right.summary)]);
  row("answered", ({ answered, sent }) => `${answered} of ${sent}`);
  row("by pods", ({ pods }) => counts(pods));
  row("on nodes", ({ nodes }) => counts(nodes));
  row("client address seen", ({ clientAddresses }) => clientAddresses.join("\n"));
  return table.toString();
}

/** A line each. Pods of one Deployment have the same beginning; the last part tells them apart. */
function counts(by: ReadonlyMap<string, number>): string {
  return [...by].map(([name, times]) => `${name.split("-").slice(-2).join("-")}: ${times}`).join("\n");
}

/** Enumerations are broken where they can be, not in the middle of a word. */
function broken(value: string): string {
  return value.replaceAll(", ", ",\n");
}

export interface Verdict {
  readonly well: boolean;
  readonly line: string;
  /** Why not, a sentence each. */
  readonly reasons: readonly string[];
}

/** All is well if every request was answered as it should be and the load balancers differ in nothing but what each has of its own. */
export function verdictOf(rows: readonly Row[], traffic: readonly [Traffic, Traffic], sides: Sides): Verdict {
  const differences = rows.filter(({ likeness }) => likeness === "different");
  const reasons = [
    ...traffic.flatMap(({ shortcomings }, side) =>
      shortcomings.map((reason) => `${sides[side] ?? ""}: ${reason}`),
    ),
    ...differences.map(
      ({ section, aspect, left, right }) =>
        `${section}, ${aspect}: ${left} on one side, ${right} on the other`,
    ),
  ];
  const own = rows
    .filter(({ likeness }) => likeness === "own")
    .map(({ aspect }) => aspect.replace(/^listener .*: /, ""));
  const same = rows.length - own.length - differences.length;
  const answered = traffic.map(({ summary }) => `${summary.answered} of ${summary.sent}`).join(" and ");
  const line =
    reasons.length === 0
      ? `Alike: ${answered} requests answered, ${same} ${same === 1 ? "aspect" : "aspects"} of the load balancers the same, and ${[...new Set(own)].join(", ")} of each one's own.`
      : `Not alike: ${reasons.length} ${reasons.length === 1 ? "reason" : "reasons"}.`;
  return { well: reasons.length === 0, line, reasons };
}
