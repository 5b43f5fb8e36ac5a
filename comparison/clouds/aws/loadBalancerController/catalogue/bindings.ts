/** Targets of a program's load balancer that the controller registers, by a TargetGroupBinding. */
import type { Entry, Pair } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Side } from "../../../../result/bySide.ts";
import type { Aws } from "../../model.ts";
import { owner, title } from "../marks.ts";

/** Of any two exposures. */
export const targetGroupBinding: Entry<Aws> = {
  id: "targets-of-a-binding",
  why: `The program declares the target groups, and a TargetGroupBinding for each: ${title} registers the nodes there, and takes them out.`,
  affects: "anyone who adds or removes nodes: see the life cycle",
  remedy: null,
  source:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
  expects(pair) {
    const { left, right } = pair.values;
    const bound = { left: boundTargets(pair, "left"), right: boundTargets(pair, "right") };
    return pair.paths
      .filter((path) => bound.left.has(path) || bound.right.has(path))
      .map((path) => ({
        path,
        left: bound.left.has(path) ? owner : (left.get(path) ?? null),
        right: bound.right.has(path) ? owner : (right.get(path) ?? null),
      }))
      .filter((row) => left.has(row.path) && right.has(row.path) && row.left !== row.right);
  },
};

/** Whether either side's target is one of these, so that no other entry explains its owner. */
export function isOfBinding(path: string, pair: Pair<Aws>): boolean {
  return boundTargets(pair, "left").has(path) || boundTargets(pair, "right").has(path);
}

/** Paths of the owners of a side's targets that the controller registered in groups that are not its own. */
function boundTargets(pair: Pair<Aws>, side: Side): ReadonlySet<string> {
  const groups = factsIn(pair[side].loadBalancer)?.pools ?? [];
  return new Set(
    groups
      .filter((group) => group.owner !== owner)
      .flatMap(({ identity, members }) =>
        members
          .filter((target) => target.owner === owner)
          .map(({ id }) =>
            ["loadBalancer", "targetGroups", pair.roles[side].text(identity.id), "targets", id, "owner"].join(
              step,
            ),
          ),
      ),
  );
}
