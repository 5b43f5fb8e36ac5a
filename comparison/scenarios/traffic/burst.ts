import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";
import { loadOn } from "./loadOn.ts";

/** A load that ends after some requests. Few are under way at once, so that a slow machine takes longer but loses nothing. */
export function burst(
  host: string,
  ports: Readonly<Record<string, number>>,
  { requests, ...load }: Pick<Load, "id" | "kind"> & { readonly requests: number } & Partial<Load>,
): Load {
  const { burstTimeoutMilliseconds: timeoutMilliseconds, burstUnderWay: mostUnderWay } = timing;
  const seconds = requests / (load.perSecond ?? timing.perSecond);
  return loadOn(host, ports, { timeoutMilliseconds, mostUnderWay, seconds, requests, ...load });
}
