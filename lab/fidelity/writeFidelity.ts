/** `npm run fidelity`: writes the page of each cloud. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { labClouds } from "../clouds/index.ts";
import { fidelityDocument, fidelityFile } from "./markdown.ts";

for (const cloud of labClouds)
  writeFileSync(
    join(import.meta.dirname, "../..", fidelityFile(cloud)),
    fidelityDocument(cloud, await cloud.behaviours()),
  );
