/** Traffic through both load balancers, sent like the scenarios' traffic, and what was lost of it. */
import { awsOperations } from "../../../comparison/clouds/aws/operations/operations.ts";
import { loadOn } from "../../../comparison/scenarios/traffic/loadOn.ts";
import { startBoth } from "../../../comparison/scenarios/traffic/bothSides.ts";
import { longestPauseSeconds } from "../../../comparison/scenarios/traffic/figures.ts";
import type { Kind, Load, RunningLoads, Sample } from "../../../comparison/traffic/load.ts";
import { timing } from "../../../comparison/scenarios/timing.ts";
import type { Subject, Way } from "./subject.ts";

/** Kinds of requests by what they depend on. */
const kinds = {
  /** Each request looks up the name and opens a connection. */
  "by name": "http",
  /** Each request opens a connection to the address in the first zone. */
  "by address": "http",
  /** Requests use connections that were opened before. */
  "keep-alive": "http keep-alive",
} as const satisfies Record<string, Kind>;

export type LoadId = keyof typeof kinds;

export const loadIds = Object.keys(kinds) as LoadId[];

/** Requests per second of each kind on each side, which two busy cores can handle. */
const perSecond = 10;

/** How long the client sends unless it is stopped. */
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

/** The stack's default ports. */
const ports = { http: 80 };

/** The time from a kill until the process works again, by the client's clock. */
export interface Downtime {
  readonly killedAt: number;
  readonly backAt: number;
}

export interface MeasuredLoss {
  readonly kind: "measured";
  readonly sent: readonly Sample[];
  readonly lost: readonly Sample[];
}

/** What one kill lost, as far as it is known. */
export type Loss = MeasuredLoss | { readonly kind: "unknown"; readonly reason: string };

/** A load that sent nothing while the process was down cannot lose anything, so the loss is unknown. */
export function lossAmong(samples: readonly Sample[], downtime: Downtime): Loss {
  const meanwhile = new Set(samples.filter((sample) => isWhile(downtime, sample)).map(({ load }) => load));
  const silent = sides
    .flatMap((side) => loadIds.map((id) => nameOf(side, id)))
    .filter((load) => !meanwhile.has(load));
  if (silent.length > 0)
    return { kind: "unknown", reason: `nothing was sent during the downtime: ${silent.join(", ")}` };
  const pause = longestPauseSeconds(samples);
  if (pause > timing.longestPauseSeconds)
    return { kind: "unknown", reason: `the client itself paused for ${pause.toFixed(1)} s` };
  return { kind: "measured", sent: samples, lost: samples.filter(isLost) };
}

const sides = ["left", "right"] as const;

/** The name that `startBoth` gives a side's load. */
const nameOf = (side: (typeof sides)[number], id: LoadId): string => `${side} ${id}`;

export const isWhile = ({ killedAt, backAt }: Downtime, { at }: Sample): boolean =>
  at >= killedAt && at <= backAt;

const isLost = ({ outcome }: Sample): boolean => outcome.kind === "lost";

/** @returns whether a sample belongs to one of these loads, on either side */
export function isOf(ids: readonly LoadId[], { load }: Sample): boolean {
  return sides.some((side) => ids.some((id) => load === nameOf(side, id)));
}

/** An upper limit for a share of independent requests: five standard deviations, exceeded by chance less than once in a million times. */
export function mostOf(count: number, share: number): number {
  return count * share + 5 * Math.sqrt(count * share * (1 - share));
}
