/** What connections met whose target was deregistered. */
import type { BySide } from "../../result/bySide.ts";
import { isWithin } from "../bounds.ts";
import type { Outcome } from "../outcome.ts";
import { bothAlike } from "../scenario.ts";
import type { Finding, Value } from "../scenario.ts";
import { bySide } from "../sides.ts";
import { timing } from "../timing.ts";
import type { Sample } from "../traffic/load.ts";
import { figureOf } from "../traffic/loaded.ts";
import type { Loaded } from "../traffic/loaded.ts";
import { perSecond } from "../traffic/loads.ts";

/** How a target group drains: seconds of AWS's clock. */
export interface Draining {
  readonly delaySeconds: number;
  /** Whether connections are terminated at the end of the delay. */
  readonly terminates: boolean;
}

export interface Drained {
  /** When a target was deregistered, in milliseconds since the epoch. */
  readonly at: number;
  /** When it was about to be registered again. */
  readonly until: number;
  /** For so long the API listed it. */
  readonly drainingSeconds: number;
  /** The pods behind it. */
  readonly pods: ReadonlySet<string>;
}

const source =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay";

export function drainingFindings(
  loaded: BySide<Outcome<Loaded<Drained>>>,
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
      : "Connections to a deregistered target go on, also after the delay, unless they are to be terminated.",
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
        "A deregistered target gets no new connections once the news has spread.",
        isWithin(0, slack),
      ),
    },
    {
      title: title("lost, new connections"),
      unit: "requests",
      ...figureOf(loaded, "http", ({ lost }) => lost),
      expected: both(
        `The other targets take new connections. Without cross-zone load balancing nobody does in a zone whose only target goes, and who asked for the name just before DNS leaves the zone out loses: a third of ${perSecond} requests a second for ${timing.propagationSeconds} s at most. On AWS a client may keep a name for 60 s.`,
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
        : both(`Connections that are in use go on after the delay, here ${delay} s.`, isWithin(delay)),
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
