/** The lab's cloud, as scenarios and waits use it. */
import { awsFeatures } from "../comparison/clouds/aws/features.ts";
import { awsOperations } from "../comparison/clouds/aws/operations/operations.ts";
import type { CloudFeature } from "../comparison/clouds/feature.ts";
import type { CloudOperations } from "../comparison/clouds/operations.ts";
import type { LabSettings } from "../lab/settings.ts";
import { labClients } from "./awsClients.ts";

export const labCloudFeatures: ReadonlySet<CloudFeature> = awsFeatures;

export function labCloud(settings: LabSettings): CloudOperations {
  return awsOperations(labClients(settings));
}
