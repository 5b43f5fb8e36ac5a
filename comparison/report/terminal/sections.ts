/** What a comparison says besides its aspects, on a terminal. */
import type { Comparison } from "../../result/comparison.ts";
import { sourcesOnce } from "../sources.ts";
import { dollars, evidenceOf, podName, shown } from "../../result/words.ts";
import { hanging, table } from "./layout.ts";
import type { Cell } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** Sources that did not say what they should, or are not here. */
export function sourceLines(comparison: Comparison): string[] {
  const { left, right } = comparison;
  const sides = { left: `${left.title}: `, right: `${right.title}: `, both: "" };
  return sourcesOnce(comparison)
    .filter(({ outcome }) => outcome !== "known")
    .map(({ source, side, outcome, reason }) =>
      hanging(outcome === "unreachable" ? "  ? " : "  - ", `${sides[side]}${source} ${outcome}: ${reason}`),
    );
}

export function predictionLines({ predictions }: Comparison): string[] {
  return predictions.map(({ service, outcome, reason, checked, wrong }) => {
    const counted = checked === 0 ? outcome : `${outcome}, values checked: ${checked}`;
    const why = reason === "" ? "" : `: ${reason}`;
    return [
      hanging("  ", `${service}: ${counted}${why}`),
      ...wrong.map(({ path, predicted, found }) =>
        hanging("  (!) ", `${path}\npredicted ${shown(predicted)}, found ${shown(found)}`),
      ),
    ].join("\n");
  });
}

/** Each statement with its verdict and what this run shows of it; those of which it shows nothing come together at the end. */
export function statementLines({ statements }: Comparison, paint: Paint): string[] {
  const shownHere = statements.filter(({ evidence }) => evidence !== null);
  const others = statements.filter(({ evidence }) => evidence === null);
  return [
    ...shownHere.map((statement) => {
      const { saidBy, verdict } = statement;
      const line = hanging("  ", `${verdict}: "${statement.statement}" (${saidBy})`);
      return [
        line.replace(verdict, paint("bold", verdict)),
        hanging("    here: ", evidenceOf(statement)),
      ].join("\n");
    }),
    ...(others.length === 0
      ? []
      : [
          hanging(
            "  ",
            `not tried in this run: ${others.map(({ statement }) => `"${statement}"`).join(" ")}`,
          ),
        ]),
  ];
}

const widths = [18, 26, 26];

export function trafficLines({ traffic }: Comparison): string[] {
  if (traffic.length === 0) return [];
  const row = (title: string, of: (each: Comparison["traffic"][number]) => string): Cell[] => [
    { text: title },
    ...traffic.map((each) => ({ text: of(each) })),
  ];
  const faults = traffic.flatMap(({ side, shortcomings }) =>
    shortcomings.map((shortcoming) => hanging("  (!) ", `${side}: ${shortcoming}`)),
  );
  const rows = [
    row("answered", ({ answered, sent }) => `${answered} of ${sent}`),
    row("by pods", ({ byPod }) => counts(byPod, podName)),
    row("on nodes", ({ byNode }) => counts(byNode, (name) => name)),
    row("client address seen", ({ clientAddresses }) => clientAddresses.join("\n")),
  ];
  return [
    ...faults,
    table(["", ...traffic.map(({ side }) => side)], widths.slice(0, traffic.length + 1), rows),
  ];
}

function counts(by: Readonly<Record<string, number>>, named: (name: string) => string): string {
  return Object.entries(by)
    .map(([name, times]) => `${named(name)}: ${times}`)
    .join("\n");
}

/** What is the same for both ways is said once. */
export function costLines({ cost }: Comparison): string[] {
  const [one] = cost.here;
  const isSame = cost.here.every(({ formula }) => formula === one?.formula);
  const here = isSame && one !== undefined ? [{ ...one, way: "either way" }] : cost.here;
  const many = cost.byServices.at(-1);
  return [
    ...here.map(({ way, formula }) => hanging("  ", `${way}: ${formula}`)),
    ...(many === undefined
      ? []
      : [
          hanging(
            "  ",
            `${many.services} Services: ${dollars(many.oneEach)} with a load balancer each, ${dollars(many.oneShared)} with one for all, which only the hand-made way can have`,
          ),
        ]),
    hanging("  ", `prices of ${cost.date} in ${cost.region}`),
  ];
}
