/** Measurements of exposures that were changed and changed back, as tests describe them. */
import type { Altered, Stage } from "../../../../../comparison/scenarios/alteration/altered.ts";
import type { MeasuredAlteration } from "../../../../../comparison/scenarios/alteration/conclude.ts";
import type { Objects } from "../../../../../comparison/scenarios/alteration/objects.ts";
import type { BySide } from "../../../../../comparison/result/bySide.ts";
import { answered, lost } from "../samples.ts";
import { every, loaded } from "../trial.ts";

/** One step on one side. */
export interface Step {
  /** For so long nobody answers over new connections. @default 0 */
  readonly outageSeconds?: number;
  /** Requests lost over connections that last. @default 0 */
  readonly lostKeptAlive?: number;
  /** As in `1 target group replaced, 3 rules added`. @default nothing */
  readonly objects?: string;
  /** @default the same as before */
  readonly address?: string;
  readonly seen?: string;
}

export interface Change {
  readonly there: Step;
  readonly back: Step;
}

const spans = { there: { from: 10_000, to: 40_000 }, back: { from: 60_000, to: 90_000 } } as const;

export function alteration({ left, right }: BySide<Change>): MeasuredAlteration {
  return { left: side(left), right: side(right) };
}

/** Nothing was sent. */
export function silentAlteration({ left, right }: BySide<Change>): MeasuredAlteration {
  return { left: loaded(happenedOf(left), []), right: loaded(happenedOf(right), []) };
}

function side(change: Change): MeasuredAlteration["left"] {
  const steps = [
    { ...spans.there, ...change.there },
    { ...spans.back, ...change.back },
  ];
  const isOut = (at: number): boolean =>
    steps.some(({ from, outageSeconds = 0 }) => at >= from + 1000 && at < from + 1000 + outageSeconds * 1000);
  const isBroken = (at: number): boolean =>
    steps.some(({ from, lostKeptAlive = 0 }) => at >= from + 1000 && at < from + 1000 + lostKeptAlive * 100);
  const times = every(100, 0, 100_000);
  return loaded(happenedOf(change), [
    ...times.map((at) => (isOut(at) ? lost("http", at) : answered("http", at))),
    ...times.map((at) => (isBroken(at) ? lost("http keep-alive", at) : answered("http keep-alive", at))),
  ]);
}

function happenedOf({ there, back }: Change): Altered {
  const address = "before.elb.example";
  const stage = (step: Step, span: (typeof spans)[keyof typeof spans]): Stage => ({
    ...span,
    ...objectsOf(step.objects ?? ""),
    address: step.address ?? address,
    seen: step.seen ?? "",
  });
  return { address, there: stage(there, spans.there), back: stage(back, spans.back) };
}

const kinds = ["load balancer", "listener", "target group", "security group", "rule"];

/** Objects before and after, of which this is the difference in words. Of each kind there are five of which more may go. */
function objectsOf(words: string): { readonly before: Objects; readonly after: Objects } {
  const changes = [...words.matchAll(/(\d+) ([a-z ]+?)s? (added|removed|replaced)/g)].map(
    ([, count, kind = "", what = ""]) => ({ count: Number(count), kind, what }),
  );
  const named = (kind: string, which: "before" | "after"): Set<string> => {
    const sum = (...whats: string[]): number =>
      changes.reduce(
        (total, change) => total + (change.kind === kind && whats.includes(change.what) ? change.count : 0),
        0,
      );
    const own = which === "before" ? sum("removed", "replaced") : sum("added", "replaced");
    return new Set([
      ...every(1, 0, 5).map((index) => `${kind} ${index}`),
      ...every(1, 0, own).map((index) => `${kind} ${which} ${index}`),
    ]);
  };
  const all = (which: "before" | "after"): Objects =>
    Object.fromEntries(kinds.map((kind) => [kind, named(kind, which)]));
  return { before: all("before"), after: all("after") };
}
