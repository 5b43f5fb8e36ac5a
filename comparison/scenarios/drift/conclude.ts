/** Who has to restore what somebody deleted, and what may be lost until then. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { measured } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { isNumber } from "../bounds.ts";
import type { Repair } from "../repair.ts";
import { asDocumented, bySideAsDocumented, differing } from "../scenario.ts";
import type { Conditions, Finding } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { answeredPercent } from "../traffic/figures.ts";
import type { Figures, NodeOfPod } from "../traffic/figures.ts";
import type { Sample } from "../../traffic/load.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import type { DriftExpectations, Name } from "./expectations.ts";

export const names = ["listener", "target", "rule"] as const satisfies readonly Name[];

/**
 * Longer than the 30 s between two looks of the cloud controller manager at its own copy of all Services. A look that finds nothing changed does nothing.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go
 */
export const patienceSeconds = 35;

export interface Broken {
  /** When it was taken away. */
  readonly at: number;
  /** While nobody did anything, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly repairs: Readonly<Record<Name, Repair>>;
}

/** Of the load on one side from which one thing is taken away. */
export const idOf = (side: Side, name: Name): string => `${side} ${name}`;

export interface Measured {
  readonly broken: BySide<Outcome<Broken>>;
  /** Of both sides' loads. */
  readonly samples: readonly Sample[];
  /** Of both sides' pods. Nobody says who answered a connection that was only opened. */
  readonly nodeOfPod: NodeOfPod;
}

export function conclude(
  { broken, samples, nodeOfPod }: Measured,
  { expectations: { drift: expected } }: Conditions,
): Finding[] {
  const figures = (name: Name) =>
    mapBySide(broken, (span, side) => figuresUnlessStill({ samples, nodeOfPod }, idOf(side, name), span));
  return names.flatMap((name) => findings(name, broken, figures(name), expected));
}

function findings(
  name: Name,
  broken: BySide<Outcome<Broken>>,
  figures: BySide<Outcome<Figures>>,
  { lostPercent, by }: DriftExpectations,
): Finding[] {
  return [
    {
      title: `${name}: lost until it is back`,
      unit: "%",
      ...figure(figures, (of) => 100 - answeredPercent(of)),
      expected: asDocumented(lostPercent[name]),
    },
    {
      title: `${name}: brought back by`,
      unit: "",
      ...bySide(broken, ({ repairs: of }) => of[name].by),
      expected: bySideAsDocumented({
        ...by[name],
        sentence: `It is not repaired automatically within ${patienceSeconds} s. ${by[name].sentence}`,
      }),
    },
    {
      title: `${name}: until it is back`,
      unit: "s",
      ...bySide(broken, ({ repairs: of }) => of[name].seconds),
      expected: differing(
        "An update takes as long as Pulumi needs to look at every resource. A controller looks at what has changed.",
        by[name].source,
        {
          left: isNumber((value) => value > 0 && value <= 2 * timing.updateSeconds),
          right: isNumber((value) => value <= timing.controllerSeconds),
        },
      ),
    },
  ];
}

export function timelines({ broken, samples, nodeOfPod }: Measured): Timeline[] {
  return names.flatMap((name) =>
    timelinesOf(
      mapBySide(broken, (happened, side) => {
        const own = samples.filter(({ load }) => load === idOf(side, name));
        return measured({ happened, nodeOfPod, samples: own.map((sample) => ({ ...sample, load: name })) });
      }),
      [
        {
          title: `new connections without the ${name}`,
          load: name,
          answeredBy: "pod",
          events: ({ at }) => [{ at, title: `${name} deleted` }],
        },
      ],
    ),
  );
}
