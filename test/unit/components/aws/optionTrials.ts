import type { OptionName } from "../../../../components/aws/support/row.ts";
import { addresses } from "./optionTrials/addresses.ts";
import { firewall } from "./optionTrials/firewall.ts";
import { healthCheck } from "./optionTrials/healthCheck.ts";
import { operations } from "./optionTrials/operations.ts";
import { ports } from "./optionTrials/ports.ts";
import { traffic } from "./optionTrials/traffic.ts";
import type { Trial } from "./optionTrials/trial.ts";

/** One value of every option, and what each way declares for it. */
export const trials: Readonly<Record<OptionName, Trial>> = {
  ...ports,
  ...healthCheck,
  ...traffic,
  ...addresses,
  ...firewall,
  ...operations,
};
