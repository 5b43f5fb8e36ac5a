/** Annotations without effect: what they are on either side, and why they are no difference. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Cloud, WithoutEffect } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Unheeded } from "../result/comparison.ts";
import type { Compared } from "./compared.ts";
import type { Entry } from "./entry.ts";
import { step } from "./shape.ts";

export function withoutEffectIn({ cloud, names, ...exposures }: Compared): Unheeded[] {
  return sides.flatMap((side) =>
    unheededBy(cloud, exposures[side]).map(({ gets, instead, ...row }) => ({
      side,
      service: names[side].service,
      ...row,
      gets: gets ?? null,
      instead: instead ?? null,
    })),
  );
}

function unheededBy(cloud: Cloud, { service }: Exposure): readonly WithoutEffect[] {
  const facts = factsIn(service);
  return facts === undefined ? [] : controllerOf(cloud, facts).withoutEffect(facts);
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
    expects({ left, right, values }) {
      const [ours, theirs] = [pathsOf(unheededBy(cloud, left)), pathsOf(unheededBy(cloud, right))];
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
