import { addresses } from "./support/addresses.ts";
import { firewall } from "./support/firewall.ts";
import { healthCheck } from "./support/healthCheck.ts";
import { operations } from "./support/operations.ts";
import { ports } from "./support/ports.ts";
import type { OptionName, OptionSupport, Rows } from "./support/row.ts";
import { sharing } from "./support/sharing.ts";
import { traffic } from "./support/traffic.ts";

/** What each way makes of each option, in the groups that `docs/options.md` shows. */
export const supportByGroup: Readonly<Record<string, Rows>> = {
  ports,
  "health check": healthCheck,
  traffic,
  addresses,
  firewall,
  sharing,
  operations,
};

/** All groups in one. `restrictions.ts` refuses what a way cannot do. */
export const support: Readonly<Record<OptionName, OptionSupport>> = {
  ...ports,
  ...healthCheck,
  ...traffic,
  ...addresses,
  ...firewall,
  ...operations,
};
