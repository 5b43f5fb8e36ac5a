/** Two exposures prepared for comparison: roles, values and names are computed here, once. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Cloud, Controller } from "../clouds/cloud.ts";
import type { Facts, Part } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { BySide } from "../result/bySide.ts";
import type { Pair } from "./entry.ts";
import { ownPart } from "./ownPart.ts";
import { objectNames } from "./objectNames.ts";
import { rolesOf } from "./roles.ts";
import { sidesOf } from "./sides.ts";
import type { SideName } from "./sides.ts";
import { valuesOf } from "./values.ts";

/** Parts in the order of the traffic, from the Service's definition to the pods. */
export const parts: readonly Part[] = [
  "service",
  "endpoints",
  "loadBalancer",
  "firewall",
  "name",
  "dataPath",
];

export interface Compared extends Pair {
  readonly cloud: Cloud;
  readonly names: BySide<SideName>;
  /** Parts that both sides know. */
  readonly comparable: readonly Part[];
}

export function comparedOf(facts: Facts, cloud: Cloud): Compared {
  const [left, right] = [ownPart(facts.left, cloud), ownPart(facts.right, cloud)];
  const comparable = parts.filter((part) => left[part].kind === "known" && right[part].kind === "known");
  const { shape } = cloud;
  const roles = {
    left: rolesOf(left, { shape, names: objectNames(left, right) }),
    right: rolesOf(right, { shape, names: objectNames(right, left) }),
  };
  const values = {
    left: valuesOf(left, comparable, { roles: roles.left, shape }),
    right: valuesOf(right, comparable, { roles: roles.right, shape }),
  };
  const paths = [...values.left.keys(), ...[...values.right.keys()].filter((path) => !values.left.has(path))];
  return { facts, cloud, names: sidesOf(facts, cloud), left, right, comparable, roles, values, paths };
}

/** Swaps left and right. */
export function reversed<P extends Pair>(pair: P): P {
  const { left, right, roles, values } = pair;
  return {
    ...pair,
    left: right,
    right: left,
    roles: { left: roles.right, right: roles.left },
    values: { left: values.right, right: values.left },
  };
}

/**
 * The controller of the LoadBalancer Service, if a NodePort Service on the left is compared with one. Most entries of the catalogue are about this pair. Undefined
 * for other pairs.
 */
export function controllerIn({ cloud, left, right }: Compared): Controller | undefined {
  const [nodePort, loadBalancer] = [factsIn(left.service), factsIn(right.service)];
  if (nodePort?.type !== "NodePort" || loadBalancer === undefined) return undefined;
  const controller = controllerOf(cloud, loadBalancer);
  return controller.claims(loadBalancer) ? controller : undefined;
}
