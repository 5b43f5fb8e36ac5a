/** `npm run load-balancer-controller`: writes docs/load-balancer-controller.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { controllerDocument } from "./document.ts";

writeFileSync(
  join(import.meta.dirname, "../../../../docs/load-balancer-controller.md"),
  controllerDocument(),
);
