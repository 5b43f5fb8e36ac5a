/** What differs between a NodePort Service and one of another controller than the cloud's own, whichever it is. */
import type { Entry } from "../../difference/entry.ts";
import { factsIn } from "../../model/sourceResult.ts";
import type { Owner } from "../../model/owner.ts";
import { capitalized } from "../../result/words.ts";
import { declaredOwner, isOwner } from "./cloudControllerManager/catalogue/owners.ts";
import { isOfBinding } from "./loadBalancerController/catalogue/bindings.ts";
import type { Aws } from "./model.ts";

/** What is known of a controller by its marks. */
export interface MarkedController {
  /** In sentences. */
  readonly title: string;
  readonly owner: Owner;
  /** Keys of the tags by which it finds its objects. */
  readonly tags: readonly RegExp[];
  /** Where its marks are documented. */
  readonly source: string;
  readonly classes: readonly string[];
  readonly finalizer: string;
}

export function entriesOf(controller: MarkedController): readonly Entry<Aws>[] {
  return [classOf(controller), ownersOf(controller), tagsOf(controller), finalizerOf(controller)];
}

const common = {
  affects: "anyone who adds nodes, repairs drift or deletes",
  remedy: null,
} as const;

function classOf({ title, classes }: MarkedController): Entry<Aws> {
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

function ownersOf({ title, owner, source }: MarkedController): Entry<Aws> {
  return {
    id: "who-owns-it",
    why: `A program declares one load balancer with its listeners, targets and rules. ${capitalized(title)} makes the other because a Service asks for it.`,
    ...common,
    source,
    expects: (pair) => {
      const { left, right } = pair.values;
      return pair.paths
        .filter((path) => isOwner(path) && left.has(path) && right.get(path) === owner)
        .filter((path) => !isOfBinding(path, pair))
        .map((path) => ({ path, left: declaredOwner(pair.facts), right: owner }));
    },
  };
}

function tagsOf({ title, tags, source }: MarkedController): Entry<Aws> {
  return {
    id: "tags-of-the-controller",
    why: `${capitalized(title)} tags its objects with the cluster and the Service, and finds them by these tags. A program finds its objects in its state.`,
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

function finalizerOf({ title, finalizer, source }: MarkedController): Entry<Aws> {
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
