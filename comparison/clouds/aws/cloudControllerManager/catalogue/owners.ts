/** The owners of the objects on AWS: the main difference between the two ways. */
import type { Aws } from "../../model.ts";
import type { Facts } from "../../../../model/exposure.ts";
import type { Owner } from "../../../../model/owner.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { isOfBinding } from "../../loadBalancerController/catalogue/bindings.ts";
import { ruleKey } from "../../shape.ts";

/** Whether the path is that of an owner of an object on AWS. */
export function isOwner(path: string): boolean {
  return path.endsWith(owner) && objects.some((object) => path.startsWith(object));
}

const owner = `${step}owner`;
const objects = ["loadBalancer", "firewall"].map((part) => part + step);

export const owners: Entry<Aws> = {
  id: "who-owns-it",
  why: "A program declares one load balancer with its listeners, targets and rules. The cloud controller manager makes the other because a Service asks for it.",
  affects: "anyone who adds nodes, repairs drift or deletes: see the life cycle",
  remedy: null,
  source: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/#service-controller",
  expects(pair) {
    const declared = declaredOwner(pair.facts);
    const shared = sharedRulePaths(pair);
    const { left, right } = pair.values;
    return (
      pair.paths
        .filter((path) => isOwner(path) && !shared.has(path) && !isOfBinding(path, pair))
        // Other entries explain values that only one side has.
        .filter((path) => left.has(path) && right.has(path))
        .map((path) => ({ path, left: declared, right: "cloud controller" }))
    );
  },
};

/** Without its state, nothing tells what a program declared. */
export function declaredOwner({ state }: Facts): Owner {
  return state.kind === "known" ? "program" : "other";
}

/** AWS keeps only one rule for the same protocol, ports and source. The controller uses an existing rule, whoever made it. */
function sharedRulePaths({ left, right, roles }: Pair<Aws>): Set<string> {
  const theirs = new Set(factsIn(right.firewall)?.nodes.map(({ identity }) => identity.id));
  const shared = factsIn(left.firewall)?.nodes.filter(({ identity }) => theirs.has(identity.id)) ?? [];
  return new Set(shared.map((rule) => ["firewall", "nodes", ruleKey(rule, roles.left), "owner"].join(step)));
}
