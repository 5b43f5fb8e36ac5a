/** What has to become of connections whose target is deregistered. */
import type { Draining } from "../../clouds/operations.ts";
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { declaredSeconds } from "./delayDeclared.ts";
import { isWithin } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, bySideAsDocumented } from "../scenario.ts";
import type { Conditions, Finding, Value } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { perSecond } from "../traffic/loads.ts";
import type { Documented } from "../documented.ts";
import type { Kind } from "./expectations.ts";

type LoadedSides = BySide<Outcome<Loaded<Drained>>>;

export interface Measured extends Readonly<Record<Kind, LoadedSides>> {
  /** Whether a delay of `declaredSeconds` can be declared. */
  readonly declared: BySide<Outcome<boolean>>;
}

export interface Drained {
  /** When a target was deregistered, in milliseconds since the epoch. */
  readonly at: number;
  /** When it was about to be registered again. */
  readonly until: number;
  /** How long the API listed it. */
  readonly drainingSeconds: number;
  /** The pods behind it. */
  readonly pods: ReadonlySet<string>;
}

export function conclude({ kept, terminated, declared }: Measured, at: Conditions): Finding[] {
  return [
    ...drainingFindings(kept, "kept", at),
    ...drainingFindings(terminated, "terminated", at),
    {
      title: `a delay of ${declaredSeconds} s can be declared`,
      unit: "",
      ...declared,
      expected: bySideAsDocumented(at.expectations.draining.declared),
    },
  ];
}

export function timelines(
  { kept, terminated }: Measured,
  { expectations }: Pick<Conditions, "expectations">,
): Timeline[] {
  const { kinds } = expectations.draining;
  const of = (loaded: LoadedSides, { delaySeconds, terminates }: Draining): Timeline[] =>
    ["http", "http keep-alive"].flatMap((load) =>
      timelinesOf(loaded, [
        {
          title: `${load === "http" ? "new connections" : "keep-alive"}, ${delaySeconds} s, ${terminates ? "terminated" : "kept"}`,
          load,
          answeredBy: "node",
          events: ({ at, drainingSeconds, until }) => [
            { at, title: "target deregistered" },
            { at: at + drainingSeconds * 1000, title: "delay over" },
            { at: until, title: "registered again" },
          ],
        },
      ]),
    );
  return [...of(kept, kinds.kept), ...of(terminated, kinds.terminated)];
}

function drainingFindings(
  loaded: LoadedSides,
  kind: Kind,
  { timeScale, expectations }: Conditions,
): Finding[] {
  const { draining: documented } = expectations;
  const { delaySeconds, terminates } = documented.kinds[kind];
  const delay = delaySeconds / timeScale;
  const slack = timing.propagationSeconds + timing.machineSeconds;
  const mostLost = Math.ceil((perSecond / 3) * timing.propagationSeconds);
  const title = (what: string): string => `${delaySeconds} s, ${terminates ? "terminated" : "kept"}: ${what}`;
  const both = ({ sentence, source }: Documented, holds: (value: Value) => boolean): Finding["expected"] =>
    bothAlike(sentence, source, holds, () => true);
  const of = (load: string, { samples }: Loaded<Drained>): Sample[] =>
    samples.filter((sample) => sample.load === load);
  const last = (load: string) => (one: Loaded<Drained>) => lastAnsweredSeconds(one.happened, of(load, one));
  const broken = (load: string) => (one: Loaded<Drained>) => brokenPercent(one.happened.pods, of(load, one));
  const heldExpected = both(documented.held[kind], (value) => value === (terminates ? 100 : 0));
  return [
    {
      title: title("draining"),
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.drainingSeconds),
      expected: both(documented.draining(documented.kinds[kind], delay), isWithin(delay - 1, delay + slack)),
    },
    {
      title: title("last new connection to it"),
      unit: "s",
      ...bySide(loaded, last("http")),
      expected: both(documented.noNewConnections, isWithin(0, slack)),
    },
    {
      title: title("lost, new connections"),
      unit: "requests",
      ...figureOf(loaded, "http", ({ lost }) => lost),
      expected: both(
        documented.lost({ perSecond, seconds: timing.propagationSeconds }),
        isWithin(0, mostLost),
      ),
    },
    {
      title: title("last answer over connections in use"),
      unit: "s",
      ...bySide(loaded, last("http keep-alive")),
      expected: both(
        documented.inUse[kind](delay),
        terminates ? isWithin(delay - slack, delay + slack) : isWithin(delay),
      ),
    },
    {
      title: title("requests in flight that broke"),
      unit: "%",
      ...bySide(loaded, broken("http slow")),
      expected: heldExpected,
    },
    {
      title: title("idle connections that broke"),
      unit: "%",
      ...bySide(loaded, broken("http idle")),
      expected: heldExpected,
    },
    {
      title: title("broke on other targets"),
      unit: "requests",
      ...bySide(
        loaded,
        (one) =>
          [...of("http slow", one), ...of("http idle", one)].filter(
            ({ pod, outcome }) => pod !== undefined && !one.happened.pods.has(pod) && outcome.kind === "lost",
          ).length,
      ),
      expected: both(documented.otherMembers, (value) => value === 0),
    },
  ];
}

/** Share of the held connections on these pods that broke, in percent. @throws if there was none: that says nothing */
export function brokenPercent(pods: ReadonlySet<string>, samples: readonly Sample[]): number {
  const there = samples.filter(({ pod }) => pod !== undefined && pods.has(pod));
  if (there.length === 0) throw new Error("no connection was held on the target that was deregistered");
  return (100 * there.filter(({ outcome }) => outcome.kind === "lost").length) / there.length;
}

/** How long after its deregistration the target still answered requests that were sent before it came back: seconds, 0 if it did not. */
export function lastAnsweredSeconds(
  { at: since, until, pods }: Omit<Drained, "drainingSeconds">,
  samples: readonly Sample[],
): number {
  const times = samples.flatMap(({ at, milliseconds, outcome }) =>
    at < until && outcome.kind === "answered" && pods.has(outcome.pod) ? [at + milliseconds] : [],
  );
  return Math.max(0, ...times.map((time) => time - since)) / 1000;
}
