/** Everything on the machine that would stop the lab from starting, reported at once and before anything is built. */
import { labCloud } from "../clouds/index.ts";
import { buildSpace, labSpace, tooLittleSpace } from "../disk.ts";
import { freeInstances, labDemand, tooFewInstances } from "../inotify.ts";
import { isLabAlive } from "../lab.ts";
import { buildMemoryBytes, labMemoryBytes, tooLittleMemory } from "../memory.ts";
import { takenPorts } from "../ports.ts";
import type { LabSettings } from "../settings.ts";
import { cacheDirectory } from "../tools/cache.ts";
import { findTools } from "../tools/tools.ts";
import { explain, explainPlatform } from "./explain.ts";
import { searchPath, thisMachine } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { isInstallable, isNeeded, lacking, RequirementsError, requirementsOf } from "./requirements.ts";

/** The settings that matter to the machine. */
export type MachineSettings = Pick<
  LabSettings,
  | "cloud"
  | "directory"
  | "ports"
  | "proxyMode"
  | "loadBalancerController"
  | "loadBalancerProxy"
  | "kubernetesVersion"
>;

/** What the machine has too little of, a complaint each. */
export type Shortages = (settings: MachineSettings) => Promise<string[]>;

/**
 * Checks what neither a build nor an installation can change: the kernel, ports, memory, disk. Takes a tenth of a second and needs nothing that has to be
 * built or installed first.
 *
 * @throws {RequirementsError} naming all problems, each with its remedy
 */
export async function checkMachine(
  settings: MachineSettings,
  machine: Machine = thisMachine(),
  shortagesOf: Shortages = shortages,
): Promise<void> {
  if (machine.platform !== "linux") throw new RequirementsError(explainPlatform(machine));
  process.env.PATH = searchPath();
  const quick = requirementsOf(labCloud(settings.cloud), settings.proxyMode).filter(
    ({ slow }) => slow !== true,
  );
  const [lacks, short] = await Promise.all([lacking(machine, quick), shortagesOf(settings)]);
  const obstacles = lacks.filter((lack) => isNeeded(lack) && !isInstallable(lack, machine));
  if (obstacles.length + short.length > 0) throw new RequirementsError(explain(obstacles, machine, short));
}

/** Nothing of it matters to a lab that runs already, except what a build needs. */
export async function shortages({
  cloud,
  directory,
  kubernetesVersion,
  loadBalancerController,
  loadBalancerProxy,
  ports,
}: MachineSettings): Promise<string[]> {
  const cache = cacheDirectory();
  const isBuilt =
    (await findTools(cache, labCloud(cloud), {
      kubernetesVersion,
      loadBalancerController,
      loadBalancerProxy,
    })) !== undefined;
  const building = isBuilt
    ? []
    : [
        tooLittleSpace(buildSpace(cache)),
        tooLittleMemory("building the lab's programs needs", buildMemoryBytes),
      ];
  const starting = isLabAlive(directory)
    ? []
    : [
        ...(await takenPorts(ports, cloud)),
        tooLittleSpace(labSpace(directory)),
        tooLittleMemory("the lab needs", labMemoryBytes),
        tooFewInstances(labDemand, await freeInstances(labDemand)),
      ];
  return [...building, ...starting].filter((complaint) => complaint !== undefined);
}
