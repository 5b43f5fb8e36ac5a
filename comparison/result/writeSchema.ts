/** `npm run schema`: writes docs/comparison.schema.json. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaDocument } from "./schema.ts";

writeFileSync(join(import.meta.dirname, "../../docs/comparison.schema.json"), schemaDocument());
