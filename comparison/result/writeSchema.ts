/** `npm run schema`: writes docs/*.schema.json. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgementDocument, orphansDocument, schemaDocument, severalDocument } from "./schema.ts";

const docs = join(import.meta.dirname, "../../docs");
writeFileSync(join(docs, "comparison.schema.json"), schemaDocument());
writeFileSync(join(docs, "several.schema.json"), severalDocument());
writeFileSync(join(docs, "judgement.schema.json"), judgementDocument());
writeFileSync(join(docs, "orphans.schema.json"), orphansDocument());
