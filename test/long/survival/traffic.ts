/** Traffic through both load balancers, as the scenarios send it, and what of it was lost. */
import { awsOperations } from "../../../comparison/clouds/aws/operations/operations.ts";
import { loadOn } from "../../../comparison/scenarios/traffic/loadOn.ts";
import { startBoth } from "../../../comparison/scenarios/traffic/bothSides.ts";
import { longestPauseSeconds } from "../../../comparison/scenarios/traffic/figures.ts";
import type { Kind, Load, RunningLoads, Sample } from "../../../comparison/traffic/load.ts";
import { timing } from "../../../comparison/scenarios/timing.ts";
import type { Subject, Way } from "./subject.ts";

/** Kinds of requests, by what they depend on. */
const kinds = {
  /** A look-up and a connection each. */
  "by name": "http",
  /** A connection each, to the address in the first zone. */
  "by address": "http",
  /** Connections that were made before. */
  "keep-alive": "http keep-alive",
} as const satisfies Record<string, Kind>;

export type LoadId = keyof typeof kinds;

export const loadIds = Object.keys(kinds) as LoadId[];

/** Of each kind on each side: what two busy cores keep up with. */
const perSecond = 10;

/** Longest that the client sends, if it is not told to stop. */
const seconds = 600;

export async function startTraffic({ traffic, aws, ways }: Subject): Promise<RunningLoads> {
  const loadsOf = async ({ hostname }: Way): Promise<Load[]> => {
    const [zone] = await awsOperations(aws).zones(hostname);
    if (zone === undefined) throw new Error(`${hostname} has no address`);
    return Object.entries(kinds).map(([id, kind]) =>
      loadOn(id === "by address" ? zone.address : hostname, ports, {
        id,
        kind,
        perSecond,
        seconds,
        timeoutMilliseconds: timing.burstTimeoutMilliseconds,
      }),
    );
  };
  return startBoth(traffic, { left: await loadsOf(ways.left), right: await loadsOf(ways.right) });
}

/** The stack's default. */
const ports = { http: 80 };

/** From a kill until the process works again, by the client's clock. */
export interface Away {
  readonly killedAt: number;
  readonly backAt: number;
}

export interface MeasuredLoss {
  readonly kind: "measured";
  readonly sent: readonly Sample[];
  readonly lost: readonly Sample[];
}

/** What was lost of one kill, as far as it can be told. */
export type Loss = MeasuredLoss | { readonly kind: "unknown"; readonly reason: string };

/** Of a load that sent nothing while the process was away, nothing can be lost: that would show nothing. */
export function lossAmong(samples: readonly Sample[], away: Away): Loss {
  const meanwhile = new Set(samples.filter((sample) => isWhile(away, sample)).map(({ load }) => load));
  const silent = sides
    .flatMap((side) => loadIds.map((id) => nameOf(side, id)))
    .filter((load) => !meanwhile.has(load));
  if (silent.length > 0)
    return { kind: "unknown", reason: `nothing was sent while it was away: ${silent.join(", ")}` };
  const pause = longestPauseSeconds(samples);
  if (pause > timing.longestPauseSeconds)
    return { kind: "unknown", reason: `the client itself stood still for ${pause.toFixed(1)} s` };
  return { kind: "measured", sent: samples, lost: samples.filter(isLost) };
}

const sides = ["left", "right"] as const;

/** As `startBoth` calls a side's load. */
const nameOf = (side: (typeof sides)[number], id: LoadId): string => `${side} ${id}`;

export const isWhile = ({ killedAt, backAt }: Away, { at }: Sample): boolean =>
  at >= killedAt && at <= backAt;

const isLost = ({ outcome }: Sample): boolean => outcome.kind === "lost";

/** @returns whether a sample is one of these loads', on either side */
export function isOf(ids: readonly LoadId[], { load }: Sample): boolean {
  return sides.some((side) => ids.some((id) => load === nameOf(side, id)));
}

/** A limit that a share of so many independent requests exceeds by chance less than once in a million times: five standard deviations. */
export function mostOf(count: number, share: number): number {
  return count * share + 5 * Math.sqrt(count * share * (1 - share));
}
