/** A controller without a model: its load balancers are recognised and compared, but not predicted. */
import type { LifeCycleRow } from "../../../difference/lifeCycle.ts";
import type { Entry } from "../../../difference/entry.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Controller } from "../../cloud.ts";
import { loadBalancerControllerNames, looksMeant } from "../annotations/names.ts";
import { unread } from "../annotations/unread.ts";
import { declaredOwner, owned } from "../cloudControllerManager/catalogue/owners.ts";
import { sourceRangesInService } from "../cloudControllerManager/catalogue/service.ts";
import { lifeCycle } from "../cloudControllerManager/lifeCycle.ts";
import type { Aws } from "../model.ts";
import { typeAnnotation } from "./makers.ts";
import type { ServiceController } from "./makers.ts";

export function foreignController(maker: ServiceController): Controller {
  const { title, owner, finalizer } = maker;
  return {
    name: undefined,
    title,
    owner,
    finalizer,
    looksMeant,
    variants: () => [],
    claims: (service) => claimedBy(service, maker) !== undefined,
    predict: (service) => ({ kind: "not modelled", reason: notModelled(service, maker) }),
    whyNone: (service) => `${notModelled(service, maker)}; its own logs say why there is none`,
    withoutEffect: (service) =>
      unread(service, {
        title,
        prefixes: ["service.beta.kubernetes.io/", "service.kubernetes.io/"],
        names: loadBalancerControllerNames,
        others: ["service.beta.kubernetes.io/load-balancer-source-ranges"],
        known: () => undefined,
      }),
    memberNodes: (_service, nodes) => nodes,
    isSetOnce: () => false,
    isLeftBehind: () => false,
    isFor: () => true,
    catalogue: [classOf(maker), sourceRangesInService, ownersOf(maker), tagsOf(maker), finalizerOf(maker)],
    lifeCycle: lifeCycle.map((row) => described(row, maker)),
  };
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/#configuration */
function claimedBy(
  { type, loadBalancerClass, annotations }: ServiceFacts,
  { classes, types }: ServiceController,
): string | undefined {
  if (type !== "LoadBalancer") return undefined;
  if (loadBalancerClass !== undefined) {
    return classes.includes(loadBalancerClass) ? `loadBalancerClass ${loadBalancerClass}` : undefined;
  }
  const kind = annotations[typeAnnotation] ?? "";
  return types.includes(kind) ? `annotation ${typeAnnotation} "${kind}"` : undefined;
}

function notModelled(service: ServiceFacts, maker: ServiceController): string {
  const by = claimedBy(service, maker);
  return `${maker.title} makes this Service's load balancer${by === undefined ? "" : `, by its ${by}`}; there is no model of it, so nothing is predicted`;
}

const common = {
  affects: "anyone who adds nodes, repairs drift or deletes",
  remedy: null,
} as const;

function classOf({ title, classes }: ServiceController): Entry<Aws> {
  return {
    id: "load-balancer-class",
    why: `Only a LoadBalancer Service has a class of load balancers. By it, ${title} knows its Services.`,
    affects: "nobody by itself: it decides which controller makes the load balancer",
    remedy: null,
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class",
    expects: () =>
      classes.map((value) => ({ path: "service / loadBalancerClass", left: null, right: value })),
  };
}

function ownersOf({ title, owner, source }: ServiceController): Entry {
  return {
    id: "who-owns-it",
    why: `A program declares one load balancer with its listeners, targets and rules. ${sentence(title)} makes the other because a Service asks for it.`,
    ...common,
    source,
    expects: ({ facts, paths, values: { left, right } }) =>
      paths
        .filter((path) => owned.test(path) && left.has(path) && right.get(path) === owner)
        .map((path) => ({ path, left: declaredOwner(facts), right: owner })),
  };
}

function tagsOf({ title, tags, source }: ServiceController): Entry {
  return {
    id: "tags-of-the-controller",
    why: `${sentence(title)} tags its objects with the cluster and the Service, and finds them by these tags. A program finds its objects in its state.`,
    affects: "anyone who searches or bills by tags",
    remedy: null,
    source,
    expects: ({ paths, values: { left, right } }) =>
      paths
        .filter(
          (path) =>
            !left.has(path) && tags.some((tag) => tag.test(/ \/ tags \/ (.+)$/.exec(path)?.[1] ?? "")),
        )
        .map((path) => ({ path, left: null, right: right.get(path) ?? null })),
  };
}

function finalizerOf({ title, finalizer, source }: ServiceController): Entry<Aws> {
  return {
    id: "finalizer",
    why: `A finalizer keeps a deleted LoadBalancer Service until ${title} has deleted the objects that it made. A program deletes its objects in the order of their dependencies.`,
    affects:
      "anyone who deletes the Service or the cluster while the controller is not running: the Service stays",
    remedy: null,
    source,
    expects: ({ right }) =>
      factsIn(right.service)?.finalizers.includes(finalizer) === true
        ? [{ path: `service / finalizers / ${finalizer}`, left: null, right: "present" }]
        : [],
  };
}

/** Who acts is known, when is not. */
function described(row: LifeCycleRow, { title }: ServiceController): LifeCycleRow {
  const { object, source, ...verbs } = row;
  const own = Object.entries(verbs).map(([verb, { nodePort, loadBalancer }]) => [
    verb,
    { nodePort, loadBalancer: loadBalancer.includes("cloud controller manager") ? title : loadBalancer },
  ]);
  return { object, source, ...(Object.fromEntries(own) as typeof verbs) };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
