/** The lab's cloud, as scenarios and waits use it. */
import { cloudNamed } from "../comparison/clouds/index.ts";
import type { CloudOperations } from "../comparison/clouds/operations.ts";
import type { LabSettings } from "../lab/settings.ts";
import { cloudEnvironment } from "../lab/clouds/environment.ts";

/** @param controller that serves the LoadBalancer Services. @default the cloud's default one */
export function labOperations(
  settings: Pick<LabSettings, "cloud" | "ports">,
  controller?: string,
): Promise<CloudOperations> {
  return cloudNamed(settings.cloud).operations(cloudEnvironment(settings), controller);
}
