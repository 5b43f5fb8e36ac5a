/** Finds what is left behind in a cluster and its cloud, and shows it. */
import type { RemovableOrphan } from "../comparison/model/orphan.ts";
import { orphansOf } from "../comparison/orphans.ts";
import { jsonOrphans } from "../comparison/report/orphans.ts";
import { terminalOrphans } from "../comparison/report/terminal/orphans.ts";
import type { Orphans } from "../comparison/result/orphans.ts";
import type { Sources } from "../comparison/sources/exposure.ts";
import { askForOrphans } from "../comparison/sources/orphans.ts";
import { cloudEnvironment } from "../lab/clouds/environment.ts";
import { readLabSettings } from "../lab/settings.ts";
import type { ChosenCluster } from "./chosenCluster.ts";
import { hasColour } from "./colour.ts";
import type { Arguments } from "./command.ts";
import { connectedCluster } from "./connectedCluster.ts";
import { checkout, runningLab } from "./devLab.ts";
import type { Starting } from "./devLab.ts";

/** Exit codes by verdict. */
const codes: Readonly<Record<Orphans["verdict"]["kind"], number>> = { none: 0, orphans: 1 };

/**
 * @param chosen undefined for the lab
 * @param ofStack what a stack's state says, beside what is found
 * @throws if the cluster or its cloud cannot be asked
 */
export async function findOrphans(
  chosen: ChosenCluster | undefined,
  { progress, signal }: Starting,
  ofStack: readonly RemovableOrphan[] = [],
): Promise<Orphans> {
  const { kubernetes, cloud } =
    chosen === undefined ? await connectedLab(signal) : await connectedCluster(chosen, signal);
  const found = await progress.step("what is left behind", () => askForOrphans(kubernetes, cloud));
  if (found.kind !== "known") throw new Error(`it is not known what is left behind: ${found.reason}`);
  const { facts } = found;
  return orphansOf({ ...facts, orphans: [...facts.orphans, ...ofStack] }, cloud.cloud.title, new Date());
}

/** With the lab's cloud, whatever the environment says. @throws if the lab is not running */
function connectedLab(signal: AbortSignal): Promise<Sources> {
  const settings = readLabSettings(checkout);
  try {
    runningLab(settings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}; or ask another cluster: --kubeconfig FILE, --context NAME`, { cause: error });
  }
  return connectedCluster({ kubeconfig: settings.kubeconfig }, signal, cloudEnvironment(settings));
}

/** @returns the exit code */
export function showOrphans(orphans: Orphans, values: Arguments["values"]): number {
  console.log(
    values.json === true
      ? jsonOrphans(orphans)
      : terminalOrphans(orphans, { colour: hasColour(), columns: process.stdout.columns }),
  );
  return codes[orphans.verdict.kind];
}
