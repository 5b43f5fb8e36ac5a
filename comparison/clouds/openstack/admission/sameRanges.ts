/** Ranges that hold the same addresses: split, merged, in the annotation, or left out where they are everywhere. */
import { areSame, sourcesOf } from "../../../clientSources.ts";
import type { Entry, Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { itemsIn } from "../../../difference/values.ts";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { sides } from "../../../result/bySide.ts";
import { clientsOf } from "../allowedCidrs.ts";
import { sourceRanges } from "../cloudControllerManager/sourceRanges.ts";
import { loadBalancerSource } from "../cloudControllerManager/upstream.ts";
import type { OpenStack } from "../model.ts";

const inService = [
  ["service", "loadBalancerSourceRanges"].join(step),
  ["service", "annotations", sourceRangesAnnotation].join(step),
];

const ofListener = /^loadBalancer \/ listeners \/ .+ \/ allowedCidrs$/;

export const sameRanges: Entry<OpenStack> = {
  id: "same-source-ranges",
  why: "The source ranges hold the same addresses. A Service without any, and a listener without any, let everyone in.",
  affects: "anyone who reads the ranges",
  remedy: "write the same ranges in both",
  source: `${loadBalancerSource} (GetLoadBalancerSourceRanges)`,
  expects: (pair) => [
    ...(haveSameRanges(pair) ? inService.flatMap((path) => rowsOf(pair, path)) : []),
    ...pair.paths
      .filter((path) => ofListener.test(path))
      .flatMap((path) => rowsOf(pair, path).filter(isSame)),
  ],
};

/** Only of two LoadBalancer Services: of others the field means nothing. */
function haveSameRanges(pair: Pair<OpenStack>): boolean {
  const [ours, theirs] = sides.map((side) => {
    const service = factsIn(pair[side].service);
    return service?.type === "LoadBalancer" ? sourcesOf(sourceRanges(service)) : undefined;
  });
  return ours !== undefined && theirs !== undefined && areSame(ours, theirs);
}

function rowsOf({ values }: Pair<OpenStack>, path: string): Expected[] {
  const row = { path, left: values.left.get(path) ?? null, right: values.right.get(path) ?? null };
  return row.left === row.right ? [] : [row];
}

function isSame({ left, right }: Expected): boolean {
  return left !== null && right !== null && areSame(clientsOf(itemsIn(left)), clientsOf(itemsIn(right)));
}
