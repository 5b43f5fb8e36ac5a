/** `npm run openstack-cloud-controller`: writes docs/openstack-cloud-controller.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { controllerDocument } from "./document.ts";

writeFileSync(
  join(import.meta.dirname, "../../../../docs/openstack-cloud-controller.md"),
  controllerDocument(),
);
