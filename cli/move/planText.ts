/** The plan of a move in words: its steps, their waits, and what the load balancers cost meanwhile. */
import type { Comparison } from "../../comparison/result/comparison.ts";
import { shareOf, waitingSeconds } from "./steps.ts";
import type { Step, Weights } from "./steps.ts";

interface Cost extends Pick<Comparison["cost"], "hoursPerMonth" | "region"> {
  /** Of the ways that are compared, by their names. */
  readonly monthly: Readonly<Record<string, number>>;
}

export interface PlannedMove {
  readonly to: string;
  /** Undefined if there is no other way, or if the one that was named is removed. */
  readonly from: string | undefined;
  readonly weights: Weights;
  readonly steps: readonly Step[];
  readonly domainName: string;
  readonly ttlSeconds: number;
  readonly drainSeconds: number;
  /** By the ways' names. */
  readonly titles: Readonly<Record<string, string>>;
  /** Undefined if there is no way that clients come from. */
  readonly cost: Cost | undefined;
}

const titleOf = ({ titles }: Pick<PlannedMove, "titles">, way: string): string => titles[way] ?? way;

export function planText(move: PlannedMove): string {
  const { to, from, weights, steps, domainName, cost } = move;
  const shares = [to, ...(from === undefined ? [] : [from])].map((way, index) =>
    index === 0
      ? `${percent(shareOf(weights, way))} of the clients to ${titleOf(move, way)}`
      : `${percent(shareOf(weights, way))} to ${titleOf(move, way)}`,
  );
  return [
    `${domainName} leads ${shares.join(", ")}.`,
    ...steps.map((step, index) => `${String(index + 1)}. ${stepText(step, move)}`),
    `It waits ${String(waitingSeconds(steps, move))} s at most, besides what deploying and comparing take.`,
    ...(from === undefined || cost === undefined ? [] : billText(move, from, cost)),
  ].join("\n");
}

export function stepText(
  step: Step,
  move: Pick<PlannedMove, "to" | "from" | "titles" | "ttlSeconds" | "drainSeconds">,
): string {
  const { to, from, ttlSeconds, drainSeconds } = move;
  switch (step.kind) {
    case "provide":
      if (from === undefined && Object.keys(step.weights).length > 1)
        return "Deploy what there is: the way that clients came from is removed.";
      return from === undefined
        ? `Deploy ${titleOf(move, to)}, which is the only way.`
        : "Deploy both ways, with the records as they are, until all targets are healthy.";
    case "compare":
      return "Compare both ways, and stop if they are not equivalent.";
    case "lead":
      return `Lead ${percent(shareOf(step.weights, to))} of the clients to ${titleOf(move, to)}; wait ${ttlSeconds} s, the time to live; stop if that way is not healthy then.`;
    case "wait":
      return `Wait ${ttlSeconds} s, the time to live: nobody knows when the records were changed.`;
    case "drain":
      return `Wait until no connection leads through ${titleOf(move, step.way)}, ${drainSeconds} s at most.`;
    case "remove":
      return `Remove ${titleOf(move, step.way)}: its record, its load balancer and its Service. The pods stay.`;
  }
}

/** @param weights of the records, as they were deployed last */
export function endText({
  weights,
  ...move
}: Pick<PlannedMove, "to" | "from" | "weights" | "domainName" | "titles">): string {
  const { to, from, domainName } = move;
  const share = shareOf(weights, to);
  const title = titleOf(move, to);
  if (share < 100) return `${domainName} leads ${percent(share)} of the clients to ${title}.`;
  const all = `${domainName} leads all clients to ${title}.`;
  const others = Object.keys(weights).filter((way) => way !== to);
  const removed =
    from === undefined || weights[from] !== undefined
      ? []
      : [`${titleOf(move, from)} is removed; npm run move -- --to ${from.toLowerCase()} makes it anew.`];
  if (from === undefined && others.length === 0) return `${all} There is no other way.`;
  return [all, ...removed, ...others.map((way) => stillThere(move, way, others.length > 1))].join(" ");
}

/** @param hasOthers whether a removal has to name it */
function stillThere(move: Pick<PlannedMove, "titles">, way: string, hasOthers: boolean): string {
  const name = way.toLowerCase();
  const removal = hasOthers ? `--from ${name} --remove` : "--remove";
  return `${titleOf(move, way)} is still there: the same command with --to ${name} goes back, and with ${removal} removes it.`;
}

const percent = (share: number): string => `${String(Math.round(share))} %`;

function billText(
  { steps, ...move }: PlannedMove,
  from: string,
  { monthly, hoursPerMonth, region }: Cost,
): string[] {
  const hourly = Object.entries(monthly).map(([way, dollars]) => [way, dollars / hoursPerMonth] as const);
  const sum = hourly.reduce((total, [, dollars]) => total + dollars, 0);
  const each = hourly.map(([way, dollars]) => `${titleOf(move, way)} $${dollars.toFixed(4)}`).join(", ");
  const old = monthly[from];
  const goes = steps.some(({ kind }) => kind === "remove");
  return [
    `While both load balancers are there, they cost $${sum.toFixed(4)} an hour without traffic: ${each}, at the prices of ${region}. Traffic costs the same on either.`,
    ...(old === undefined || goes
      ? []
      : [
          `${titleOf(move, from)} goes on to cost $${old.toFixed(2)} a month until it is removed, which --remove does.`,
        ]),
  ];
}
