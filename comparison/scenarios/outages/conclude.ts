/** What outages have to leave untouched, what becomes of a change meanwhile, and who has to catch up. */
import type { BySide, Side } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { atMost } from "../bounds.ts";
import type { Part } from "../testbed/faults.ts";
import type { Outcome } from "../outcome.ts";
import type { Repair } from "../repair.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Expected, Finding, Value } from "../scenario.ts";
import { bySide, mapBySide } from "../sides.ts";
import { timing } from "../timing.ts";
import { figure, figuresUnlessStill } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";

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
const pulumi = "https://www.pulumi.com/docs/iac/concepts/how-pulumi-works/";
const dataPlane =
  "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/control-planes-and-data-planes.html";

const is =
  (expected: string) =>
  (value: Value): boolean =>
    value === expected;

/** Whether it was refused with a reason that a person can act on: it says what does not answer. */
export const isRefusal = (value: Value): boolean =>
  typeof value === "string" && /^refused: .*(unreachable|no answer|connect|socket)/i.test(value);

const expected: Readonly<Record<Part, ExpectedOutage>> = {
  "cloud controller": {
    answer: bothAlike(
      "Neither the API server nor Pulumi asks the cloud controller: a change of the Service reports the same success without it.",
      components,
      is("done"),
    ),
    by: differing(
      "`pulumi up` talks to AWS itself. The cloud controller catches up when it starts: it looks at every Service then.",
      controller,
      { left: is("meanwhile"), right: is("by itself") },
    ),
  },
  "API server": {
    answer: bothAlike(
      "Both ways change a Service, which only the API server accepts.",
      components,
      isRefusal,
      () => true,
    ),
    by: bothAlike(
      "Nobody catches up on a change that could not be asked for.",
      components,
      is("asked again"),
    ),
  },
  "AWS API": {
    answer: differing(
      "The program asks AWS before anything else. A change of the Service asks only the cluster, and says nothing about the load balancer.",
      pulumi,
      { left: isRefusal, right: is("done") },
    ),
    by: differing(
      "Pulumi fails and stops. The cloud controller tries again after 5 s, and then each time after twice as long, up to 300 s.",
      controller,
      { left: is("asked again"), right: is("by itself") },
    ),
  },
};

export const parts = Object.keys(expected) as readonly Part[];

export const done = "done";

/** In words: `done`, or `refused` with the first line of the reason. */
export async function answerOf(ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask();
    return done;
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return `refused: ${first}`;
  }
}

export function conclude(loaded: Measured): Finding[] {
  return parts.flatMap((part) => findingsOf(loaded, part));
}

function findingsOf(loaded: Measured, part: Part): Finding[] {
  const lost = (load: string) =>
    figure(
      mapBySide(loaded, (one) => figuresUnlessStill(one, load, one.happened[part])),
      (figures) => figures.lost,
    );
  const unharmed = bothAlike(
    "Load balancers, kube-proxy and pods go on by themselves with their last configuration.",
    dataPlane,
    (value) => value === 0,
  );
  const of = <T>(value: (outage: Outage, side: Side) => T): BySide<Outcome<T>> =>
    bySide(loaded, ({ happened }, side) => value(happened[part], side));
  const { answer, by } = expected[part];
  return [
    {
      title: `${part} down: lost, new connections`,
      unit: "requests",
      ...lost("http"),
      expected: unharmed,
    },
    {
      title: `${part} down: lost, keep-alive`,
      unit: "requests",
      ...lost("http keep-alive"),
      expected: unharmed,
    },
    {
      title: `${part} down: a port added`,
      unit: "",
      ...of(({ answers }, side) => answers[side]),
      expected: answer,
    },
    {
      title: `${part} down: the load balancer has it`,
      unit: "",
      ...of(({ caughtUp }, side) => caughtUp[side].by),
      expected: by,
    },
    {
      title: `${part} down: from then until it has it`,
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

export function timelines(loaded: Measured): Timeline[] {
  return timelinesOf(
    loaded,
    parts.map((part) => ({
      title: `new connections, ${part} down`,
      load: "http",
      answeredBy: "pod" as const,
      span: (happened: Outages) => happened[part],
      events: (happened: Outages) => [{ at: happened[part].from, title: `${part} down` }],
    })),
  );
}
