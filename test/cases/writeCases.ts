/** `npm run cases`: writes docs/cases.md. With `--lab` it first tries the cases on the lab, and records what they say. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { casesDocument } from "./document.ts";
import { labCases } from "./lab/labCases.ts";
import { writeRecording } from "./lab/record.ts";

const { values } = parseArgs({ options: { lab: { type: "boolean", default: false } } });

if (values.lab) {
  const { tryCases } = await import("./lab/tryCases.ts");
  writeRecording(await tryCases(labCases));
}
writeFileSync(join(import.meta.dirname, "../../docs/cases.md"), await casesDocument());
