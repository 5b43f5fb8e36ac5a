/** The shape in which the account was furnished. */
import { takeOver } from "../cluster/stateRecord.ts";
import type { LabFiles } from "../files.ts";
import { usualShape } from "../plan.ts";
import type { LabPlan } from "../plan.ts";

/**
 * Notes which shape the state has.
 *
 * @throws Error if it has another one: an account keeps what one tool made when another is asked for
 */
export function takeOverShape(plan: LabPlan, files: LabFiles): void {
  const wanted = plan.shape ?? usualShape;
  takeOver(plan, files, {
    record: "shape.json",
    wanted,
    usual: usualShape,
    refusal: (found) =>
      found === wanted
        ? undefined
        : `the lab's account was furnished in the shape ${found}, and lab:shape asks for ${wanted}. Set lab:shape to ${found}, or begin anew: npm run lab -- down; rm -rf .lab .pulumi`,
  });
}
