/** How the two sides are called. */
import type { Exposure } from "../model/exposure.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { Comparison } from "../result/comparison.ts";

type Side = Comparison["left"];

export function sidesOf(left: Exposure, right: Exposure): { left: Side; right: Side } {
  const [a, b] = [sideOf(left), sideOf(right)];
  if (a.title !== b.title) return { left: a, right: b };
  // Two of one kind are told apart by their Services.
  return { left: { ...a, title: a.service }, right: { ...b, title: b.service } };
}

function sideOf({ service, loadBalancer }: Exposure): Side {
  const facts = factsIn(service);
  if (facts === undefined) return { title: "unknown", service: "unknown" };
  const own = factsIn(loadBalancer)?.owner === "program" ? "own NLB" : "NLB";
  return {
    title: facts.type === "NodePort" ? `NodePort + ${own}` : facts.type,
    service: `${facts.namespace}/${facts.identity.name}`,
  };
}
