/** `npm run fidelity`: writes docs/fidelity.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultCloud } from "../clouds/index.ts";
import { fidelityDocument } from "./markdown.ts";

const document = fidelityDocument(await defaultCloud.behaviours());
writeFileSync(join(import.meta.dirname, "../../docs/fidelity.md"), document);
