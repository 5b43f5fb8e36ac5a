/** Pulumi for the stack `dev`. */
import { labCloud } from "../lab/clouds/index.ts";
import { readLabSettings } from "../lab/settings.ts";
import { providePulumi } from "../lab/tools/tools.ts";
import { buildLine, checkout } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { pulumiEnvironment } from "./environment.ts";

/** Finds Pulumi and its plug-ins, or installs or builds them. @returns the environment of Pulumi commands */
export async function provideDevPulumi({ progress, signal }: Starting): Promise<Record<string, string>> {
  const cloud = labCloud(readLabSettings(checkout).cloud);
  const { path } = await progress.step(
    "Pulumi",
    (report) => providePulumi({ signal, cloud, onProgress: (made) => report(buildLine(made)) }),
    ({ summary }) => summary,
  );
  return pulumiEnvironment(checkout, path);
}
