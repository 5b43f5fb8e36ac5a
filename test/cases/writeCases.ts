/** `npm run cases`: writes docs/cases.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { casesDocument } from "./document.ts";

writeFileSync(join(import.meta.dirname, "../../docs/cases.md"), await casesDocument());
