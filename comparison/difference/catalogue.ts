/**
 * The catalogue of differences between the two ways that are as they must be: what differs, why, and who says so. An entry says exactly which values stand where;
 * it explains these and no others, and if one of them is not found, the comparison fails: so an entry can neither hide a difference nor outlive its reason.
 */
import { annotation } from "../clouds/aws/cloudControllerManager/annotations.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import { endingPods } from "../clouds/aws/catalogue/endingPods.ts";
import { healthCheckNodePort } from "../clouds/aws/catalogue/healthCheckNodePort.ts";
import { coveredHealthRules, leftHealthRules } from "../clouds/aws/catalogue/healthRules.ts";
import { owners } from "../clouds/aws/catalogue/owners.ts";
import { placement } from "../clouds/aws/catalogue/placement.ts";
import { serviceEntries } from "../clouds/aws/catalogue/service.ts";
import { tags } from "../clouds/aws/catalogue/tags.ts";
import type { Values } from "./values.ts";

/** One value that has to differ, and how. */
export interface Expected {
  readonly path: string;
  /** Null where there is nothing. */
  readonly left: string | null;
  readonly right: string | null;
}

/** Two exposures, where there is one of each type with the NodePort Service on the left. */
export interface Pair {
  readonly facts: Facts;
  readonly left: Exposure;
  readonly right: Exposure;
  readonly values: { readonly left: Values; readonly right: Values };
  /** Every path on either side. */
  readonly paths: readonly string[];
}

export interface Entry {
  readonly id: string;
  /** One sentence. */
  readonly why: string;
  /** Who notices it. */
  readonly affects: string;
  /** How to remove it; null if nothing can. */
  readonly remedy: string | null;
  readonly source: string;
  readonly expects: (pair: Pair) => readonly Expected[];
}

/** Whether the two are what most entries are about: a NodePort Service, and a LoadBalancer Service of the cloud controller's. */
export function isBothWays({ left, right }: Pair): boolean {
  const [nodePort, loadBalancer] = [factsIn(left.service), factsIn(right.service)];
  return (
    nodePort?.type === "NodePort" &&
    loadBalancer?.type === "LoadBalancer" &&
    loadBalancer.loadBalancerClass === undefined &&
    annotation(loadBalancer, "type") === "nlb"
  );
}

export const catalogue: readonly Entry[] = [
  ...serviceEntries,
  owners,
  tags,
  healthCheckNodePort,
  coveredHealthRules,
  leftHealthRules,
  placement,
  endingPods,
];
