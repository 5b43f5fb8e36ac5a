/** Loads that end by themselves after some requests, sent to both sides by one client. */
import type { BySide } from "../../probes/probes.ts";
import type { Bed } from "../bed/bed.ts";
import { timing } from "../timing.ts";
import type { Load, Sample } from "./load.ts";

/** What the rest of a load depends on. */
type Burst = Pick<Load, "id" | "kind" | "host" | "port"> &
  Partial<Pick<Load, "perSecond" | "mostUnderWay" | "timeoutMilliseconds">> & { readonly requests: number };

/** Slow machines take longer for it, and lose nothing. */
export function burst({
  perSecond = timing.perSecond,
  mostUnderWay = timing.burstUnderWay,
  timeoutMilliseconds = timing.burstTimeoutMilliseconds,
  ...of
}: Burst): Load {
  return {
    ...of,
    perSecond,
    mostUnderWay,
    timeoutMilliseconds,
    seconds: of.requests / perSecond,
  };
}

/** The one port of an exposure that has one, by any name. */
export function onlyPort(ports: Readonly<Record<string, number>>): number {
  const [port, ...others] = Object.values(ports);
  if (port === undefined || others.length > 0)
    throw new Error(`one port was expected, and there are ${others.length + (port === undefined ? 0 : 1)}`);
  return port;
}

/** One client sends to both sides: what slows the requests to one slows those to the other. @param loads with ids that are unique on their side */
export async function sendToBoth(
  { startLoads }: Pick<Bed, "startLoads">,
  loads: BySide<readonly Load[]>,
): Promise<BySide<readonly Sample[]>> {
  const named = (side: keyof BySide<unknown>): Load[] =>
    loads[side].map((load) => ({ ...load, id: `${side} ${load.id}` }));
  const running = await startLoads([...named("left"), ...named("right")]);
  const samples = await running.ended;
  const ofSide = (side: keyof BySide<unknown>): Sample[] =>
    samples
      .filter(({ load }) => load.startsWith(`${side} `))
      .map((sample) => ({ ...sample, load: sample.load.slice(side.length + 1) }));
  return { left: ofSide("left"), right: ofSide("right") };
}
