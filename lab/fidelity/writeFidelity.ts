/** `npm run fidelity`: writes docs/fidelity.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fidelityDocument } from "./markdown.ts";

writeFileSync(join(import.meta.dirname, "../../docs/fidelity.md"), fidelityDocument());
