/** What a comparison says besides its aspects, on a terminal. */
import type { Comparison } from "../../result/comparison.ts";
import { dollars, evidenceOf, shown } from "../../result/words.ts";
import { hasPrices } from "../cost.ts";
import { sourcesOnce } from "../sources.ts";
import { trafficFaults, trafficRows } from "../traffic.ts";
import type { Screen } from "./screen.ts";

/** Sources that did not answer, or do not exist here. */
export function sourceLines(comparison: Comparison, screen: Screen): string[] {
  const { left, right } = comparison;
  const sides = { left: `${left.title}: `, right: `${right.title}: `, both: "" };
  return sourcesOnce(comparison)
    .filter(({ outcome }) => outcome !== "known")
    .map(({ source, side, outcome, reason }) =>
      screen.hanging(
        outcome === "unreachable" ? "  ? " : "  - ",
        `${sides[side]}${source} ${outcome}: ${reason}`,
      ),
    );
}

export function predictionLines({ predictions }: Pick<Comparison, "predictions">, screen: Screen): string[] {
  return predictions.flatMap(({ service, outcome, reason, checked, wrong }) => {
    const counted = checked === 0 ? outcome : `${outcome}, ${checked} values checked`;
    const why = reason === "" ? "" : `: ${reason}`;
    return [
      screen.hanging("  ", `${service}: ${counted}${why}`),
      ...wrong.map(({ path, predicted, found }) =>
        screen.hanging("  (!) ", `${path}\npredicted ${shown(predicted)}, found ${shown(found)}`),
      ),
    ];
  });
}

/** Each claim with its verdict and what this run shows. Claims about which it shows nothing come together at the end. */
export function statementLines({ statements }: Comparison, screen: Screen): string[] {
  const tried = statements.filter(({ evidence }) => evidence !== null);
  const others = statements.filter(({ evidence }) => evidence === null);
  return [
    ...tried.flatMap((statement) => {
      const { saidBy, verdict } = statement;
      const line = screen.hanging("  ", `${verdict}: "${statement.statement}" (${saidBy})`);
      return [
        line.replace(verdict, screen.paint(verdict, "bold")),
        screen.hanging("    here: ", evidenceOf(statement)),
      ];
    }),
    ...(others.length === 0
      ? []
      : [
          screen.hanging(
            "  ",
            `not tried in this run: ${others.map(({ statement }) => `"${statement}"`).join(" ")}`,
          ),
        ]),
  ];
}

const widths = [18, 26, 26];

export function trafficLines(comparison: Comparison, screen: Screen): string[] {
  const { traffic } = comparison;
  if (traffic.length === 0) return [];
  const rows = trafficRows(comparison).map(({ title, values }) =>
    [title, ...values].map((text) => ({ text })),
  );
  return [
    ...trafficFaults(comparison).map((fault) => screen.hanging("  (!) ", fault)),
    screen.table(["", ...traffic.map(({ side }) => side)], widths.slice(0, traffic.length + 1), rows),
  ];
}

/** What both ways cost alike is said once. */
export function costLines({ cost }: Comparison, screen: Screen): string[] {
  if (!hasPrices(cost)) return cost.notes.map((note) => screen.hanging("  ", note));
  const [one] = cost.here;
  const isSame = cost.here.every(({ formula }) => formula === one?.formula);
  const here = isSame && one !== undefined ? [{ ...one, way: "either way" }] : cost.here;
  const many = cost.byServices.at(-1);
  return [
    ...here.map(({ way, formula }) => `${way}: ${formula}`),
    ...(many === undefined
      ? []
      : [
          `${many.services} Services: ${dollars(many.oneEach)} with a load balancer each, ${dollars(many.oneShared)} with one that all share, which is possible only with your own load balancer`,
        ]),
    `prices as of ${cost.date}: ${cost.region}`,
  ].map((line) => screen.hanging("  ", line));
}
