/**
 * All that the controller, or Octavia when the controller asks it, refuses of a Service, as far as it can be known without asking Octavia; in the controller's order.
 * docs/openstack-cloud-controller.md lists them.
 */
import { reasonsOf } from "../../../refusing.ts";
import { controllerRefusals } from "./controller.ts";
import { monitorRefusals } from "./monitor.ts";
import { duplicateListener, listenerInPlace, octaviaRefusals } from "./octavia.ts";
import type { Refusal, RefusalContext } from "./refusal.ts";

export const refusals: readonly Refusal[] = [
  ...controllerRefusals,
  listenerInPlace,
  ...octaviaRefusals,
  ...monitorRefusals,
  duplicateListener,
];

/** The first is the one that the controller reports. */
export const reasonsFor = (context: RefusalContext): readonly string[] => reasonsOf(refusals, context);
