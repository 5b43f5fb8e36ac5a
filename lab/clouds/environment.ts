/** How programs on the host reach the lab's cloud. */
import { labCloud } from "./index.ts";
import type { LabSettings } from "../settings.ts";

/** The address of the cloud's API. */
export const cloudApi = ({ ports }: Pick<LabSettings, "ports">): string =>
  `http://127.0.0.1:${ports.cloudApi}`;

/** The environment variables that make the cloud's tools and SDKs use the lab. */
export const cloudEnvironment = (settings: Pick<LabSettings, "cloud" | "ports">): Record<string, string> => ({
  ...labCloud(settings.cloud).environment(cloudApi(settings)),
});
