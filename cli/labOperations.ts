/** The lab's cloud, as scenarios and waits use it. */
import { cloudNamed } from "../comparison/clouds/index.ts";
import type { CloudOperations } from "../comparison/clouds/operations.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cloudEnvironment } from "../lab/clouds/environment.ts";

export function labOperations(settings: Pick<LabSettings, "cloud" | "ports">): Promise<CloudOperations> {
  return cloudNamed(settings.cloud).operations(cloudEnvironment(settings));
}
