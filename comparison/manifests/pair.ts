/** Compares two Services of manifests, as an update would make them. */
import { controllerOf } from "../clouds/cloud.ts";
import type { NetworkSize } from "../clouds/manifests.ts";
import { conclude } from "../conclude.ts";
import { factsOfBoth, predicted } from "../plan/facts.ts";
import type { Alone } from "../plan/facts.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import { nothingAsked } from "../probes/probes.ts";
import type { BySide } from "../result/bySide.ts";
import type { Comparison } from "../result/comparison.ts";
import { NotComparable } from "../sources/eligibility.ts";
import { groundOf } from "./ground.ts";
import type { Ground, Served } from "./ground.ts";
import { beingDeleted, existing, leftToOthers, notesOn } from "./judge.ts";
import { ownWay } from "./own.ts";
import type { DeclaredService } from "./service.ts";

/**
 * The load balancer of a NodePort Service is not in its manifest: it is the one that the component makes with the arguments that equal the other side.
 * @throws NotComparable if a Service gets no load balancer
 */
export async function compareDeclared(
  { left, right }: BySide<DeclaredService>,
  served: Served,
  size: NetworkSize,
): Promise<Comparison> {
  const ground = await groundOf(served, size, [left.facts, right.facts]);
  const sides = { left: await sideOf(left, right, ground), right: await sideOf(right, left, ground) };
  const reasons = [sides.left, sides.right].flatMap((side) => (side.kind === "none" ? side.reasons : []));
  if (sides.left.kind === "none" || sides.right.kind === "none") throw new NotComparable(reasons);
  const notPlanned = "manifests are judged without a cluster";
  const noRequests = { kind: "unavailable", reason: notPlanned } as const;
  return conclude({
    clouds: [ground.cloud],
    facts: factsOfBoth(
      comparableOpenings({ left: sides.left.exposure, right: sides.right.exposure }, ground),
      ground,
    ),
    probes: nothingAsked(notPlanned),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      ...([left, right].some(({ facts }) => facts.type === "NodePort")
        ? [
            `A NodePort Service's load balancer is not in its manifest: it is assumed to be made by ${ground.manifests.component}, like the other side's.`,
          ]
        : []),
      ...namespacesOf(left.facts, right.facts),
      ...shared(notesOn(sides.left.exposure, ground), notesOn(sides.right.exposure, ground)),
      ground.network.words,
    ],
    made: new Date(),
  });
}

/** A selector chooses pods of its own namespace. */
function namespacesOf(left: ServiceFacts, right: ServiceFacts): string[] {
  return left.namespace === right.namespace
    ? []
    : [
        `The Services are in the namespaces ${left.namespace} and ${right.namespace}, so their selectors choose different pods.`,
      ];
}

/** With a load balancer of the program, which opens the nodes itself, nothing tells whether they are open to the other one as well. */
function comparableOpenings(sides: BySide<Alone>, ground: Ground): BySide<Alone> {
  const isOfController = ({ service }: Alone): boolean => factsIn(service)?.type === "LoadBalancer";
  return isOfController(sides.left) && isOfController(sides.right) ? leftToOthers(sides, ground) : sides;
}

/** Which side each note is about. A comparison does not show it: both sides may have the same fault. */
function shared(left: readonly string[], right: readonly string[]): string[] {
  return [
    ...left.map((note) => `${right.includes(note) ? "Both sides" : "Left"}: ${note}`),
    ...right.filter((note) => !left.includes(note)).map((note) => `Right: ${note}`),
  ];
}

type PlannedSide =
  | { readonly kind: "planned"; readonly exposure: Alone }
  | { readonly kind: "none"; readonly reasons: readonly string[] };

async function sideOf(
  declared: DeclaredService,
  other: DeclaredService,
  ground: Ground,
): Promise<PlannedSide> {
  const { place, facts } = declared;
  const name = `${place}: ${facts.namespace}/${facts.identity.name}`;
  const { cloud, cluster, manifests } = ground;
  const controller = controllerOf(cloud, facts);
  if (facts.isBeingDeleted) return { kind: "none", reasons: [`${name}: ${beingDeleted}`] };
  if (facts.type === "LoadBalancer" || controller.claims(facts)) {
    const prediction = controller.predict(facts, cluster);
    if (prediction.kind === "made") {
      const exposure = predicted(facts, prediction);
      const { needed, allowed, what } = manifests.openings(factsIn(exposure.openings) ?? []);
      return needed > allowed
        ? { kind: "none", reasons: [`${name} needs ${needed} ${what}`] }
        : { kind: "planned", exposure };
    }
    const { kind, reason } = prediction;
    if (kind === "not modelled") return { kind: "none", reasons: [`${name}: ${reason}`] };
    if (kind === "not its own")
      return { kind: "none", reasons: [`${name}: ${controller.title} does not handle it: ${reason}`] };
    const others = prediction.others.map(
      (other) => `${name}: and then ${controller.title} refuses it: ${other}`,
    );
    return { kind: "none", reasons: [`${name}: ${controller.title} refuses it: ${reason}`, ...others] };
  }
  if (facts.type !== "NodePort")
    return {
      kind: "none",
      reasons: [`${name} is of type ${facts.type}; only NodePort and LoadBalancer can be compared`],
    };
  const prediction =
    other.facts.type === "LoadBalancer"
      ? controllerOf(cloud, other.facts).predict(other.facts, cluster)
      : undefined;
  const like = prediction?.kind === "made" ? { made: prediction, service: other.facts } : undefined;
  const own = await ownWay(facts, like, ground);
  const exposure = existing(facts, own);
  if (exposure !== undefined) return { kind: "planned", exposure };
  const reasons = own.result.kind === "refused" ? own.result.reasons : [];
  return {
    kind: "none",
    reasons: reasons.map((reason) => `${name}: ${manifests.component} refuses it: ${reason}`),
  };
}
