/** Whom a listener lets in. */
import { everywhere } from "../../addresses.ts";
import { sourcesOf } from "../../clientSources.ts";
import type { Sources } from "../../clientSources.ts";

/** Everyone if it lists no range. Ranges are of the address's own version. https://docs.openstack.org/api-ref/load-balancer/v2/#create-listener (allowed_cidrs) */
export const clientsOf = (allowedCidrs: readonly string[]): Sources =>
  sourcesOf(allowedCidrs.length === 0 ? [everywhere] : allowedCidrs);
