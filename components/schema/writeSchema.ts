/** `npm run package-schema`: writes components/schema.json. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaDocument } from "./packageSchema.ts";

writeFileSync(join(import.meta.dirname, "../schema.json"), schemaDocument());
