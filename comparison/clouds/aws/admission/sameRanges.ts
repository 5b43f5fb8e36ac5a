/** Source ranges that hold the same addresses: split, merged, in the annotation, or left out where they are everywhere. */
import type { Entry } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import { namedRanges } from "../cloudControllerManager/sourceRanges.ts";
import type { Aws } from "../model.ts";
import { areSame, sourcesOf } from "../../../clientSources.ts";

const path = ["service", "loadBalancerSourceRanges"].join(step);

/** Of two LoadBalancer Services: only of those the field means anything. */
export const sameRanges: Entry<Aws> = {
  id: "same-source-ranges",
  why: "The source ranges hold the same addresses. A Service without any lets everyone in.",
  affects: "anyone who reads the ranges",
  remedy: "write the same ranges in both",
  source:
    "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#external-load-balancer-providers",
  expects({ left, right, values }) {
    const sides = [factsIn(left.service), factsIn(right.service)];
    const [ours, theirs] = sides.map((service) =>
      service?.type === "LoadBalancer" ? sourcesOf(namedRanges(service).ranges) : undefined,
    );
    const row = { path, left: values.left.get(path) ?? null, right: values.right.get(path) ?? null };
    return ours !== undefined && theirs !== undefined && areSame(ours, theirs) && row.left !== row.right
      ? [row]
      : [];
  },
};
