import { aws } from "./aws/settings.ts";
import type { ProgramCloud } from "./cloud.ts";
import { openstack } from "./openstack/settings.ts";

/** The clouds that the program can deploy to, by their name in the configuration key `cloud`. */
export const clouds: Readonly<Record<string, ProgramCloud>> = {
  aws,
  openstack,
};
