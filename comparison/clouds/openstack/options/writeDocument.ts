/** `npm run openstack-options`: writes docs/openstack-options.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { optionsDocument } from "./document.ts";

writeFileSync(join(import.meta.dirname, "../../../../docs/openstack-options.md"), optionsDocument());
