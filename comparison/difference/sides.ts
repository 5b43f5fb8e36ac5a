/** Titles of the two sides. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { BySide } from "../result/bySide.ts";
import type { Comparison } from "../result/comparison.ts";

export type SideName = Comparison["left"];

/** Titles of the two ways on a cloud, by Service type. */
export function wayTitles({
  words,
}: Pick<Cloud, "words">): Readonly<Record<"NodePort" | "LoadBalancer", string>> {
  return { NodePort: `NodePort + own ${words.shortLoadBalancer}`, LoadBalancer: "LoadBalancer" };
}

export function sidesOf({ left, right }: Pick<Facts, "left" | "right">, cloud: Cloud): BySide<SideName> {
  const [a, b] = [sideOf(left, cloud), sideOf(right, cloud)];
  if (a.title !== b.title) return { left: a, right: b };
  // Two sides of one kind are told apart by their Services' names, and two states of one Service by their sides.
  if (a.service === b.service)
    return { left: { ...a, title: `${a.service} (left)` }, right: { ...b, title: `${b.service} (right)` } };
  return { left: { ...a, title: a.service }, right: { ...b, title: b.service } };
}

function sideOf({ service, loadBalancer }: Exposure, cloud: Cloud): SideName {
  const facts = factsIn(service);
  if (facts === undefined) return { title: "unknown", service: "unknown" };
  return {
    title: titleOf(facts.type, loadBalancer, cloud),
    service: `${facts.namespace}/${facts.identity.name}`,
  };
}

function titleOf(type: string, loadBalancer: Exposure["loadBalancer"], cloud: Cloud): string {
  if (type !== "NodePort") return type;
  return factsIn(loadBalancer)?.owner === "program"
    ? wayTitles(cloud).NodePort
    : `NodePort + ${cloud.words.shortLoadBalancer}`;
}
