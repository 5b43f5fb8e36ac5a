/** `npm run cloud-controller`: writes docs/cloud-controller.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { controllerDocument } from "./document.ts";

writeFileSync(join(import.meta.dirname, "../../../../docs/cloud-controller.md"), controllerDocument());
