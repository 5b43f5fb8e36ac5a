/** `npm run options`: writes docs/options.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { optionsDocument } from "./document.ts";

writeFileSync(join(import.meta.dirname, "../../../../docs/options.md"), optionsDocument());
