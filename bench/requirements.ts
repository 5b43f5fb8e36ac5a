/** Commands that benchmarks need besides what the lab needs: installed if possible, else named in one message. */
import { existsSync } from "node:fs";
import { installers } from "../lab/requirements/explain.ts";
import { thisMachine } from "../lab/requirements/machine.ts";
import type { Machine } from "../lab/requirements/machine.ts";
import { installPackages } from "../lab/requirements/requirements.ts";
import { packageManagers } from "../lab/requirements/table.ts";

/** A command from a package of the same name. */
export interface NeededCommand {
  readonly command: string;
  readonly why: string;
  /** Whether its package starts a service where a service manager runs: then it is never installed, only asked for. */
  readonly isService: boolean;
}

/** Where systemd runs. https://www.freedesktop.org/software/systemd/man/latest/sd_booted.html */
const managesServices = (): boolean => existsSync("/run/systemd/system");

/** @throws if a command is still missing, naming all missing ones, their purpose, and how to install them */
export async function provideCommands(
  needed: readonly NeededCommand[],
  onProgress: (line: string) => void,
  machine: Machine = thisMachine(),
  servicesAreManaged: () => boolean = managesServices,
): Promise<void> {
  const lacking = (): NeededCommand[] => needed.filter(({ command }) => machine.which(command) === undefined);
  const installable = lacking().filter(({ isService }) => !isService || !servicesAreManaged());
  await installPackages(installable.map(lackOf), machine, onProgress);
  const still = lacking();
  if (still.length > 0) throw new Error(explainCommands(still, machine.uid === 0));
}

/** One message for all missing commands. */
function explainCommands(lacking: readonly NeededCommand[], isRoot: boolean): string {
  const names = lacking.map(({ command }) => command);
  const commands = packageManagers.map((manager) => {
    const install = installers[manager].at(-1) ?? [];
    return `  ${manager.padEnd(6)}  ${[...(isRoot ? [] : ["sudo"]), ...install, ...names].join(" ")}`;
  });
  const services = lacking.filter(({ isService }) => isService).map(({ command }) => command);
  return [
    "the benchmark needs commands that this machine lacks:",
    ...lacking.map(({ command, why }) => `  - ${command}: ${why}`),
    "Install them with your package manager:",
    ...commands,
    ...services.map((name) => `Its package may start a service: sudo systemctl disable --now ${name}`),
  ].join("\n");
}

function lackOf({ command, why }: NeededCommand): Parameters<typeof installPackages>[0][number] {
  const names = [command];
  return {
    found: `no ${command}`,
    requirement: {
      name: command,
      why,
      check: () => undefined,
      remedy: () => ({ kind: "packages", packages: { apt: names, dnf: names, pacman: names } }),
    },
  };
}
