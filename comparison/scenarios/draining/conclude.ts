/** What has to become of connections whose target is deregistered. */
import type { Draining } from "../../clouds/operations.ts";
import type { BySide } from "../../result/bySide.ts";
import type { Timeline } from "../../result/scenarioSchema.ts";
import { declaredSeconds } from "./delayDeclared.ts";
import { isWithin } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike, differing } from "../scenario.ts";
import type { Conditions, Finding, Value } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../../traffic/load.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { timelinesOf } from "../traffic/timelines.ts";
import { perSecond } from "../traffic/loads.ts";

/** The first is the default of AWS, and so of both ways. */
export const kinds = {
  kept: { delaySeconds: 300, terminates: false },
  terminated: { delaySeconds: 120, terminates: true },
} as const satisfies Readonly<Record<string, Draining>>;

type LoadedSides = BySide<Outcome<Loaded<Drained>>>;

export interface Measured extends Readonly<Record<keyof typeof kinds, LoadedSides>> {
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

const source =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay";

export function conclude({ kept, terminated, declared }: Measured, { timeScale }: Conditions): Finding[] {
  return [
    ...drainingFindings(kept, kinds.kept, timeScale),
    ...drainingFindings(terminated, kinds.terminated, timeScale),
    {
      title: `a delay of ${declaredSeconds} s can be declared`,
      unit: "",
      ...declared,
      expected: differing(
        "The program's target group takes any attribute. The cloud controller manager refuses all but preserve_client_ip.enabled and proxy_protocol_v2.enabled, so the delay is 300 s.",
        "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md",
        { left: (value) => value === true, right: (value) => value === false },
      ),
    },
  ];
}

export function timelines({ kept, terminated }: Measured): Timeline[] {
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
  { delaySeconds, terminates }: Draining,
  timeScale: number,
): Finding[] {
  const delay = delaySeconds / timeScale;
  const slack = timing.propagationSeconds + timing.machineSeconds;
  const mostLost = Math.ceil((perSecond / 3) * timing.propagationSeconds);
  const title = (what: string): string => `${delaySeconds} s, ${terminates ? "terminated" : "kept"}: ${what}`;
  const both = (sentence: string, holds: (value: Value) => boolean): Finding["expected"] =>
    bothAlike(sentence, source, holds, () => true);
  const of = (kind: string, { samples }: Loaded<Drained>): Sample[] =>
    samples.filter(({ load }) => load === kind);
  const last = (kind: string) => (one: Loaded<Drained>) => lastAnsweredSeconds(one.happened, of(kind, one));
  const broken = (kind: string) => (one: Loaded<Drained>) => brokenPercent(one.happened.pods, of(kind, one));
  const heldExpected = both(
    terminates
      ? "Connections to a deregistered target are closed shortly after the delay is over."
      : "Connections to a deregistered target continue even after the delay, unless they are to be terminated.",
    (value) => value === (terminates ? 100 : 0),
  );
  return [
    {
      title: title("draining"),
      unit: "s",
      ...bySide(loaded, ({ happened }) => happened.drainingSeconds),
      expected: both(
        `A deregistered target is draining for ${delaySeconds} s, here ${delay} s, and then unused.`,
        isWithin(delay - 1, delay + slack),
      ),
    },
    {
      title: title("last new connection to it"),
      unit: "s",
      ...bySide(loaded, last("http")),
      expected: both(
        "A deregistered target gets no new connections once the change has propagated.",
        isWithin(0, slack),
      ),
    },
    {
      title: title("lost, new connections"),
      unit: "requests",
      ...figureOf(loaded, "http", ({ lost }) => lost),
      expected: both(
        `The other targets take new connections. Without cross-zone load balancing, a zone whose only target goes takes none, and clients that looked the name up just before DNS leaves the zone out lose requests: a third of ${perSecond} requests a second for ${timing.propagationSeconds} s at most. On AWS a client may cache the name for 60 s.`,
        isWithin(0, mostLost),
      ),
    },
    {
      title: title("last answer over connections in use"),
      unit: "s",
      ...bySide(loaded, last("http keep-alive")),
      expected: terminates
        ? both(
            `Connections are closed shortly after the delay, here ${delay} s.`,
            isWithin(delay - slack, delay + slack),
          )
        : both(`Connections in use continue after the delay, here ${delay} s.`, isWithin(delay)),
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
      expected: both("Nothing happens to connections to other targets.", (value) => value === 0),
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
