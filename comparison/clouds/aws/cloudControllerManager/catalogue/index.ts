/** Known differences between a NodePort Service and one that the AWS cloud controller manager serves, besides the type. */
import type { Entry } from "../../../../difference/entry.ts";
import type { Aws } from "../../model.ts";
import { families } from "./families.ts";
import { healthCheckNodePort } from "./healthCheckNodePort.ts";
import { coveredHealthRules, leftHealthRules } from "./healthRules.ts";
import { managedGroup } from "./managedGroup.ts";
import { owners } from "./owners.ts";
import { sharedHealthProbe } from "./sharedHealthProbe.ts";
import { serviceEntries } from "./service.ts";
import { tags } from "./tags.ts";

export const catalogue: readonly Entry<Aws>[] = [
  ...serviceEntries,
  owners,
  tags,
  families,
  healthCheckNodePort,
  sharedHealthProbe,
  coveredHealthRules,
  leftHealthRules,
  managedGroup,
];
