/** What every report says of requests over time. */
import { sides } from "../result/bySide.ts";
import type { BySide } from "../result/bySide.ts";
import type { Timeline, TimelineSide } from "../result/scenarioSchema.ts";

type Bin = TimelineSide["bins"][number];

/** One sentence a side. */
export function inWords(timeline: Timeline, titles: BySide<string>): string {
  return sides.map((side) => `${titles[side]}: ${sideInWords(timeline[side], timeline)}.`).join(" ");
}

function sideInWords(side: TimelineSide, timeline: Timeline): string {
  const events = side.events.map(({ seconds, title }) => `${title} at ${seconds} s`);
  const answerers = answerersOf(side, timeline);
  const answers = answerers
    .slice(0, mostNames)
    .map(({ name, label }) => `${label} (${total(side.bins, (bin) => bin.answers[name] ?? 0)})`);
  const rest = answerers.length > mostNames ? [`and ${answerers.length - mostNames} more`] : [];
  return [
    ...events,
    [lossOf(side), ...lossTimes(side, timeline)].join(", "),
    ...(answers.length === 0 ? [] : [`answered by ${[...answers, ...rest].join(", ")}`]),
  ].join("; ");
}

/** A roll-out replaces pods many times. */
const mostNames = 6;

/** `4 of 200 lost` */
export function lossOf({ bins }: TimelineSide): string {
  if (bins.length === 0) return "not measured";
  const lost = total(bins, (bin) => bin.lost);
  return `${lost === 0 ? "none" : lost} of ${total(bins, ({ sent }) => sent)} lost`;
}

function lossTimes({ bins }: TimelineSide, { binSeconds }: Timeline): string[] {
  const first = bins.findIndex(({ lost }) => lost > 0);
  if (first < 0) return [];
  const end = bins.findLastIndex(({ lost }) => lost > 0) + 1;
  return [`between ${rounded(first * binSeconds)} s and ${rounded(end * binSeconds)} s`];
}

export function hasLoss({ left, right }: Timeline): boolean {
  return [...left.bins, ...right.bins].some(({ lost }) => lost > 0);
}

export interface Answerer {
  readonly name: string;
  /** The part of the name that distinguishes pods of one Deployment, or nodes of one domain; the whole name if that is not unique. */
  readonly label: string;
}

/** Pods in the order of their first answer, nodes by name. */
export function answerersOf({ bins }: TimelineSide, { answeredBy }: Timeline): Answerer[] {
  const names = [...new Set(bins.flatMap(({ answers }) => Object.keys(answers)))];
  if (answeredBy === "node") names.sort();
  const short = (name: string): string =>
    (answeredBy === "pod" ? name.split("-").at(-1) : name.split(".")[0]) ?? name;
  const isUnique = (name: string): boolean =>
    names.filter((other) => short(other) === short(name)).length === 1;
  return names.map((name) => ({ name, label: isUnique(name) ? short(name) : name }));
}

/** The same requests in fewer bins: each takes the place of so many. */
export function joined(bins: readonly Bin[], factor: number): Pick<Bin, "sent" | "lost">[] {
  return Array.from({ length: Math.ceil(bins.length / factor) }, (_, index) => {
    const group = bins.slice(index * factor, (index + 1) * factor);
    return { sent: total(group, ({ sent }) => sent), lost: total(group, ({ lost }) => lost) };
  });
}

function total(bins: readonly Bin[], of: (bin: Bin) => number): number {
  return bins.reduce((sum, bin) => sum + of(bin), 0);
}

/** Without the traces of binary fractions. */
export function rounded(seconds: number): number {
  return Number(seconds.toFixed(2));
}
