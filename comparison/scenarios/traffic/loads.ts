/** Loads on an exposure while its load balancer is changed, broken or without targets. */
import type { Target } from "../testbed/testbed.ts";
import type { Kind, Load } from "../../traffic/load.ts";
import { loadOn } from "./loadOn.ts";

/** A rate that a busy machine keeps up with: what counts is what is lost, and for how long. */
export const perSecond = 10;

/** By name, on the first port. Its id is its kind unless another is given. */
export function loadOf(
  { address, ports }: Target,
  kind: Kind,
  load: Pick<Load, "seconds"> & Partial<Load>,
): Load {
  return loadOn(address, ports, { id: kind, kind, perSecond, ...load });
}
