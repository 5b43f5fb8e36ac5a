/** What an exposure that is changed and changed back has to be like. */
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import type { Altered } from "./altered.ts";
import { differenceOf, leftOver } from "./objects.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { timing } from "../timing.ts";
import type { AlterationExpectations } from "./expectations.ts";
import { expectedName, expectedStep } from "./met.ts";
import type { ExpectedStep } from "./met.ts";

type Step = "there" | "back";

export type MeasuredAlteration = BySide<Outcome<Loaded<Altered>>>;

/** Of the steps, as a person reads them: `node port changed`. */
type Names = Readonly<Record<Step, string>>;

export function alteredFindings(
  loaded: MeasuredAlteration,
  at: Conditions,
  { names, ...expected }: AlterationExpectations & { readonly names: Names },
): Finding[] {
  const { leftOver: none } = at.expectations.alteration;
  return [
    ...(["there", "back"] as const).flatMap((step) =>
      stepFindings(loaded, step, names[step], expectedStep(expected[step], at)),
    ),
    {
      title: `the ${at.words.name} stays`,
      unit: "",
      ...bySide(
        loaded,
        ({ happened: { address, there, back } }) => there.address === address && back.address === address,
      ),
      expected: expectedName(expected.nameStays),
    },
    {
      title: "left over when it is changed back",
      unit: "objects",
      ...bySide(loaded, ({ happened: { there, back } }) => leftOver(there.before, back.after)),
      expected: bothAlike(none.sentence, none.source, (value) => value === 0),
    },
  ];
}

function stepFindings(
  loaded: MeasuredAlteration,
  step: Step,
  name: string,
  { lost, lostKeptAlive, gap, objects }: ExpectedStep,
): Finding[] {
  const figures = (load: string) =>
    mapBySide(loaded, (one) => figuresUnlessStill(one, load, one.happened[step]));
  const [fresh, kept] = [figures("http"), figures("http keep-alive")];
  return [
    {
      title: `${name}: lost, new connections`,
      unit: "requests",
      ...figure(fresh, (of) => of.lost),
      expected: lost,
    },
    {
      title: `${name}: lost, keep-alive`,
      unit: "requests",
      ...figure(kept, (of) => of.lost),
      expected: lostKeptAlive,
    },
    {
      title: `${name}: longest gap`,
      unit: "s",
      ...figure(fresh, (of) => of.longestGapSeconds),
      expected: gap,
    },
    {
      title: `${name}: objects`,
      unit: "",
      ...bySide(loaded, ({ happened }) => differenceOf(happened[step].before, happened[step].after)),
      expected: objects,
    },
  ];
}

/** New connections before and after each step; zero is the moment of the change, since one side is changed after the other. @param names of the steps, as events */
export function alteredTimelines(loaded: MeasuredAlteration, names: Names): Timeline[] {
  const around = timing.machineSeconds * 1000;
  return timelinesOf(
    loaded,
    (["there", "back"] as const).map((step) => ({
      title: `new connections: ${names[step]}`,
      load: "http",
      answeredBy: "pod" as const,
      span: (happened: Altered) => ({
        from: happened[step].from - around,
        to: happened[step].to + around,
      }),
      zero: (happened: Altered) => happened[step].from,
      events: (happened: Altered) => [{ at: happened[step].from, title: names[step] }],
    })),
  );
}
