/** The shape in which the account was furnished. Its state survives the lab, and a later start may ask for another shape. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clusterPlaces } from "../cluster/places.ts";
import { readJson, writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { usualShape } from "../plan.ts";
import type { LabPlan } from "../plan.ts";

const recordIn = ({ state }: LabFiles): string => join(state, "shape.json");

/**
 * Notes which shape the state has.
 *
 * @throws Error if it has another one: an account keeps what one tool made when another is asked for
 */
export function takeOverShape(plan: LabPlan, files: LabFiles): void {
  const wanted = plan.shape ?? usualShape;
  const recorded = readJson(recordIn(files)) as string | undefined;
  // Labs kept no record before they had a choice.
  const found = recorded ?? (existsSync(clusterPlaces(plan, files).etcdData) ? usualShape : wanted);
  if (found !== wanted)
    throw new Error(
      `the lab's account was furnished in the shape ${found}, and lab:shape asks for ${wanted}. Set lab:shape to ${found}, or begin anew: npm run lab -- down; rm -rf .lab .pulumi`,
    );
  writeWhole(recordIn(files), JSON.stringify(wanted));
}
