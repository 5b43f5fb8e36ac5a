/** Tries all cases on a lab of their own. */
import { liveTools } from "../../live/tools.ts";
import { CaseLab } from "./caseLab.ts";
import { shortcomings, shortOf } from "./labCase.ts";
import type { LabCase } from "./labCase.ts";
import { withoutIds } from "./record.ts";
import type { Recorded, Recording } from "./record.ts";

/** @throws if a step says what is not right */
export async function tryCases(cases: readonly LabCase[]): Promise<Recording> {
  await liveTools();
  const lab = await CaseLab.start();
  try {
    const recording: Record<string, readonly Recorded[]> = {};
    for (const each of cases) recording[each.name] = await tryCase(each, lab);
    return recording;
  } finally {
    await lab.stop();
  }
}

async function tryCase({ name, steps }: LabCase, lab: CaseLab): Promise<Recorded[]> {
  const results: Recorded[] = [];
  try {
    for (const step of steps) {
      const said = await step.run(lab);
      const wrong = shortcomings(step, said);
      if (wrong.length > 0) throw new Error([`${name}: ${step.does}`, ...wrong, said.text].join("\n"));
      results.push({ exit: said.exit, short: withoutIds(shortOf(step, said)) });
    }
  } finally {
    await lab.undo();
  }
  return results;
}
