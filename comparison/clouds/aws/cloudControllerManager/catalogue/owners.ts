/** Who made the objects on AWS: the whole difference between the two ways. */
import type { Aws } from "../../model.ts";
import type { Facts } from "../../../../model/exposure.ts";
import type { Owner } from "../../../../model/owner.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { ruleKey } from "../../shape.ts";

const owned = /^(loadBalancer|firewall) \/ (.+ \/ )?owner$/;

export const owners: Entry<Aws> = {
  id: "who-owns-it",
  why: "A program declares the one load balancer with its listeners, targets and rules; the cloud controller manager makes the other because a Service asks for it.",
  affects: "who adds nodes, repairs drift or deletes: see the life cycle",
  remedy: null,
  source: "https://kubernetes.io/docs/concepts/architecture/cloud-controller/#service-controller",
  expects(pair) {
    const declared = declaredOwner(pair.facts);
    const shared = sharedRulePaths(pair);
    const { left, right } = pair.values;
    return (
      pair.paths
        .filter((path) => owned.test(path) && !shared.has(path))
        // What only one side has is for another entry to explain.
        .filter((path) => left.has(path) && right.has(path))
        .map((path) => ({ path, left: declared, right: "cloud controller" }))
    );
  },
};

/** Without a state nobody can tell what a program declared. */
export function declaredOwner({ state }: Facts): Owner {
  return state.kind === "known" ? "program" : "other";
}

/** AWS keeps a rule once for the same protocol, ports and source: the controller uses one that it finds, whoever made it. */
function sharedRulePaths({ left, right, roles }: Pair<Aws>): Set<string> {
  const theirs = new Set(factsIn(right.firewall)?.nodes.map(({ identity }) => identity.id));
  const shared = factsIn(left.firewall)?.nodes.filter(({ identity }) => theirs.has(identity.id)) ?? [];
  return new Set(shared.map((rule) => ["firewall", "nodes", ruleKey(rule, roles.left), "owner"].join(step)));
}
