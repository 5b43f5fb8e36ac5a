/** What a comparison says besides its aspects, on a terminal. */
import type { Comparison, LifeCycle } from "../comparison.ts";
import { sourcesOnce } from "../sources.ts";
import { dollars, evidenceOf, podName, shown } from "../words.ts";
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

export function statementLines({ statements }: Comparison, paint: Paint): string[] {
  return statements.map((statement) => {
    const { saidBy, verdict, why } = statement;
    return [
      hanging("  ", `"${statement.statement}" (${saidBy})`),
      hanging("    ", `${verdict}: ${why}`).replace(verdict, paint("bold", verdict)),
      hanging("    ", `here: ${evidenceOf(statement)}`),
    ].join("\n");
  });
}

const widths = [18, 26, 26];
const verbs = ["creates", "updates", "repairs", "deletes"] as const;

/** What differs between the two ways; objects of which the same is true share a row. */
export function lifeCycleTable({ lifeCycle, left, right }: Comparison): string[] {
  const gathered = new Map<string, { title: string; ways: LifeCycle["creates"] }>();
  for (const verb of verbs) {
    for (const { object, [verb]: ways } of lifeCycle) {
      if (ways.nodePort === ways.loadBalancer) continue;
      const key = JSON.stringify([verb, ways]);
      const before = gathered.get(key);
      const title = before === undefined ? `${verb} ${object}` : `${before.title}; ${object}`;
      gathered.set(key, { title, ways });
    }
  }
  const rows = [...gathered.values()].map(({ title, ways }): Cell[] => [
    { text: title },
    { text: ways.nodePort },
    { text: ways.loadBalancer },
  ]);
  return rows.length === 0 ? [] : [table(["", left.title, right.title], widths, rows)];
}

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

export function costLines({ cost }: Comparison): string[] {
  const many = cost.byServices.at(-1);
  return [
    ...cost.here.map(({ way, monthly, formula }) =>
      hanging("  ", `${way}: ${dollars(monthly)} a month = ${formula}`),
    ),
    ...(many === undefined
      ? []
      : [
          hanging(
            "  ",
            `${many.services} Services: ${dollars(many.oneEach)} a month with a load balancer each, ${dollars(many.oneShared)} with one for all, which only the hand-made way can have`,
          ),
        ]),
    hanging("  ", `${cost.region}, prices of ${cost.date}: ${cost.source}`),
  ];
}
