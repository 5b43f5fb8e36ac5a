/**
 * The catalogue of known differences between the two ways: the difference, the reason and a source. An entry names exactly the values that differ.
 * It explains only these values, so it cannot hide another difference. Where the comparison does not find one of them, the sides are more alike than
 * expected, and the entry is silent. Differences that a controller causes are in the controller's own part of the catalogue.
 */
import { factsIn } from "../model/sourceResult.ts";
import { controllerIn, reversed } from "./compared.ts";
import type { Compared } from "./compared.ts";
import { endingPods } from "./entries/endingPods.ts";
import { localPlacement } from "./entries/localPlacement.ts";
import { sharedLoadBalancer } from "./entries/sharedLoadBalancer.ts";
import { portName } from "./entries/portName.ts";
import { placement } from "./entries/placement.ts";
import { serviceTypes } from "./entries/service.ts";
import type { Entry, Expected } from "./entry.ts";
import { annotationsWithoutEffect } from "./withoutEffect.ts";

/** Of any two Services. */
const always: readonly Entry[] = [portName, placement, endingPods, sharedLoadBalancer];

export interface Explained extends Expected {
  readonly entry: Entry;
}

/** The expected differences, each with its entry. */
export function expectedIn(compared: Compared): Explained[] {
  const { cloud } = compared;
  // Entries expect the NodePort Service on the left.
  const [left, right] = [factsIn(compared.left.service), factsIn(compared.right.service)];
  const isReversed = left?.type === "LoadBalancer" && right?.type === "NodePort";
  const pair = isReversed ? reversed(compared) : compared;
  const isBothWays =
    factsIn(pair.left.service)?.type === "NodePort" && factsIn(pair.right.service)?.type === "LoadBalancer";
  // Of two entries that explain a value, the first one does: a controller's says more than one for every cloud.
  const entries = [
    ...(controllerIn(pair)?.catalogue ?? []),
    ...(isBothWays ? serviceTypes(cloud) : []),
    ...always,
    localPlacement(cloud),
    annotationsWithoutEffect(cloud),
    ...cloud.catalogue,
  ];
  return entries.flatMap((entry) =>
    entry
      .expects(pair)
      .map(({ path, left: ours, right: theirs }) =>
        isReversed ? { path, left: theirs, right: ours, entry } : { path, left: ours, right: theirs, entry },
      ),
  );
}
