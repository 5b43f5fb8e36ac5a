/** What outages have to leave untouched, what becomes of a change meanwhile, and who has to catch up. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost } from "../bounds.ts";
import type { Part } from "../testbed/faults.ts";
import type { Outcome } from "../outcome.ts";
import type { Repair } from "../repair.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Expected, Finding, Value } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import type { OutagesExpectations } from "./expectations.ts";

export interface Outage {
  /** From the outage until both sides had caught up, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** What became of a change that was asked for meanwhile: see `answerOf`. */
  readonly answers: BySide<string>;
  readonly caughtUp: Readonly<Record<Side, Repair>>;
}

export type Outages = Readonly<Record<Part, Outage>>;

export type Measured = BySide<Outcome<Loaded<Outages>>>;

interface ExpectedOutage {
  readonly answer: Expected;
  /** By whom the change reaches the load balancer. */
  readonly by: Expected;
}

const controller =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";
const components = "https://kubernetes.io/docs/concepts/architecture/";

const is =
  (expected: string) =>
  (value: Value): boolean =>
    value === expected;

/** Whether it was refused with a reason that a person can act on: it says what does not answer. */
export const isRefusal = (value: Value): boolean =>
  typeof value === "string" && /^refused: .*(unreachable|no answer|connect|socket)/i.test(value);

const expectedOf = ({
  controllerDown,
  madeInPart,
  apiDown,
  retries,
}: OutagesExpectations): Readonly<Record<Part, ExpectedOutage>> => ({
  "cloud controller": {
    answer: bothAlike(
      "Neither the API server nor Pulumi asks the cloud controller: a change of the Service reports the same success without it.",
      components,
      is("done"),
    ),
    by: differing(controllerDown.sentence, controllerDown.source, {
      left: is("meanwhile"),
      right: is("by itself"),
    }),
  },
  "API server": {
    answer: bothAlike(
      "Both ways change a Service, which only the API server accepts.",
      components,
      isRefusal,
      () => true,
    ),
    by:
      madeInPart === undefined
        ? bothAlike(
            "Nobody catches up on a change that could not be asked for.",
            components,
            is("asked again"),
          )
        : {
            ...madeInPart,
            left: (value) => is("meanwhile")(value) || is("asked again")(value),
            right: is("asked again"),
            alike: { by: () => true },
          },
  },
  "cloud API": {
    answer: differing(apiDown.sentence, apiDown.source, { left: isRefusal, right: is("done") }),
    by: differing(retries.sentence, retries.source, { left: is("asked again"), right: is("by itself") }),
  },
});

export const parts = ["cloud controller", "API server", "cloud API"] as const satisfies readonly Part[];

/** As a person reads it: the cloud's API has a name of its own. */
export const nameOf = (part: Part, { api }: Conditions["words"]): string =>
  part === "cloud API" ? api : part;

export const done = "done";

/** In words: `done`, or `refused` with the first line of the reason, and with the next one if it only announces that: `1 error occurred:`. */
export async function answerOf(ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask();
    return done;
  } catch (error) {
    const [first = "", ...others] = (error instanceof Error ? error.message : String(error))
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const announced = first.endsWith(":") ? [others[0]?.replace(/^[*-] /, "") ?? ""] : [];
    return `refused: ${[first, ...announced].join(" ")}`;
  }
}

export function conclude(loaded: Measured, { words, expectations }: Conditions): Finding[] {
  const named = { documented: expectations.outages, words };
  return parts.flatMap((part) => findingsOf(loaded, part, named));
}

function findingsOf(
  loaded: Measured,
  part: Part,
  { documented, words }: { readonly documented: OutagesExpectations; readonly words: Conditions["words"] },
): Finding[] {
  const lost = (load: string) =>
    figure(
      mapBySide(loaded, (one) => figuresUnlessStill(one, load, one.happened[part])),
      (figures) => figures.lost,
    );
  const unharmed = bothAlike(
    documented.unharmed.sentence,
    documented.unharmed.source,
    (value) => value === 0,
  );
  const of = <T>(value: (outage: Outage, side: Side) => T): BySide<Outcome<T>> =>
    bySide(loaded, ({ happened }, side) => value(happened[part], side));
  const { answer, by } = expectedOf(documented)[part];
  const name = nameOf(part, words);
  return [
    {
      title: `${name} down: lost, new connections`,
      unit: "requests",
      ...lost("http"),
      expected: unharmed,
    },
    {
      title: `${name} down: lost, keep-alive`,
      unit: "requests",
      ...lost("http keep-alive"),
      expected: unharmed,
    },
    {
      title: `${name} down: a port added`,
      unit: "",
      ...of(({ answers }, side) => answers[side]),
      expected: answer,
    },
    {
      title: `${name} down: the load balancer has it`,
      unit: "",
      ...of(({ caughtUp }, side) => caughtUp[side].by),
      expected: by,
    },
    {
      title: `${name} down: from then until it has it`,
      unit: "s",
      ...of(({ caughtUp }, side) => caughtUp[side].seconds),
      expected: within,
    },
  ];
}

const within = atMost(
  timing.retrySeconds,
  `An update takes as long as Pulumi needs for every resource; the cloud controller needs seconds. After an outage its next try follows after about as long as the outage took, within ${timing.retrySeconds} s.`,
  controller,
);

export function timelines(loaded: Measured, { words }: Pick<Conditions, "words">): Timeline[] {
  const named = parts.map((part) => ({ part, name: nameOf(part, words) }));
  return timelinesOf(
    loaded,
    named.map(({ part, name }) => ({
      title: `new connections, ${name} down`,
      load: "http",
      answeredBy: "pod" as const,
      span: (happened: Outages) => happened[part],
      events: (happened: Outages) => [{ at: happened[part].from, title: `${name} down` }],
    })),
  );
}
