/** Annotations without effect: what they are on either side, and why they are no difference. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Cloud, WithoutEffect } from "../clouds/cloud.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Exposure } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Unheeded } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";
import type { Entry } from "./entry.ts";
import { step } from "./shape.ts";

export function withoutEffectIn({ cloud, facts, names, ...exposures }: Compared): Unheeded[] {
  return sides.flatMap((side) =>
    unheededBy(cloud, exposures[side], factsIn(facts.cluster)).map(({ gets, instead, ...row }) => ({
      side,
      service: names[side].service,
      ...row,
      gets: gets ?? null,
      instead: instead ?? null,
    })),
  );
}

function unheededBy(
  cloud: Cloud,
  { service }: Exposure,
  cluster: ClusterFacts | undefined,
): readonly WithoutEffect[] {
  const facts = factsIn(service);
  return facts === undefined ? [] : controllerOf(cloud, facts).withoutEffect(facts, cluster);
}

const places = { annotation: "annotations", label: "labels" } as const;

/** Of any two Services. */
export function annotationsWithoutEffect(cloud: Cloud): Entry {
  return {
    id: "annotations-without-effect",
    why: "No controller acts on these annotations or labels: their names are not read, or they are another controller's.",
    affects: "whoever relies on them",
    remedy: "remove them, or use what has the effect: see the annotations without effect",
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
    expects({ facts, left, right, values }) {
      const cluster = factsIn(facts.cluster);
      const pathsIn = (side: Exposure): ReadonlySet<string> => pathsOf(unheededBy(cloud, side, cluster));
      const [ours, theirs] = [pathsIn(left), pathsIn(right)];
      return [...new Set([...ours, ...theirs])]
        .map((path) => ({
          path,
          left: values.left.get(path) ?? null,
          right: values.right.get(path) ?? null,
        }))
        .filter((row) => row.left !== row.right)
        .filter(
          ({ path, ...row }) =>
            (row.left === null || ours.has(path)) && (row.right === null || theirs.has(path)),
        );
    },
  };
}

function pathsOf(unheeded: readonly WithoutEffect[]): ReadonlySet<string> {
  return new Set(unheeded.map(({ place, name }) => ["service", places[place], name].join(step)));
}
