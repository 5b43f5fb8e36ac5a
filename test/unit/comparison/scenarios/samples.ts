/** Samples as loads give them. */
import type { Sample } from "../../../../comparison/traffic/load.ts";

export function answered(load: string, at: number, pod = "pod-1", milliseconds = 5): Sample {
  return { load, at, milliseconds, outcome: { kind: "answered", pod, clientAddress: "198.51.100.10" } };
}

export function lost(load: string, at: number, reason = "no answer within 2 s", milliseconds = 2000): Sample {
  return { load, at, milliseconds, outcome: { kind: "lost", reason } };
}

/** Over a kept connection on which this pod answered before. */
export function cutOff(load: string, at: number, pod: string, reason = "ECONNRESET"): Sample {
  return { ...lost(load, at, reason, 5), pod };
}
