/** The message when the machine lacks something: everything in one error, with the commands that help. */
import type { Machine } from "./machine.ts";
import { packageManagers } from "./table.ts";
import type { PackageManager, Remedy, Requirement } from "./table.ts";

/** A requirement that is not met, and what was found instead. */
export interface Lack {
  readonly requirement: Requirement;
  readonly found: string;
}

/** How each package manager installs without asking, and what it needs to do before. */
export const installers: Readonly<Record<PackageManager, readonly (readonly string[])[]>> = {
  apt: [
    ["apt-get", "update"],
    ["apt-get", "install", "--yes", "--no-install-recommends"],
  ],
  dnf: [["dnf", "install", "--assumeyes"]],
  pacman: [["pacman", "--sync", "--needed", "--noconfirm"]],
};

const preview = "You can compare both ways without the lab: npm run preview";

/** The packages that a package manager needs to install, each once. */
export function packagesFor(manager: PackageManager, lacks: readonly Lack[], machine: Machine): string[] {
  const names = lacks
    .map(({ requirement }) => requirement.remedy(machine))
    .flatMap((remedy) => (remedy.kind === "packages" ? remedy.packages[manager] : []));
  return [...new Set(names)];
}

/**
 * One error text that names everything that is missing.
 * @param shortages complaints about what the machine has too little of, each with its own remedy
 */
export function explain(lacks: readonly Lack[], machine: Machine, shortages: readonly string[] = []): string {
  const remedies = lacks.map(({ requirement }) => requirement.remedy(machine));
  const sudo = machine.uid === 0 ? "" : "sudo ";
  const lines = [
    "this machine cannot run the lab yet:",
    ...lacks.map(
      ({ requirement, found }) => `  - it lacks ${requirement.name} (${found}): ${requirement.why}`,
    ),
    ...shortages.map((shortage) => `  - ${shortage}`),
  ];
  if (remedies.some(({ kind }) => kind === "packages")) {
    lines.push("Install what is missing with your package manager:");
    for (const manager of packageManagers) {
      const install = installers[manager].at(-1) ?? [];
      lines.push(
        `  ${manager.padEnd(6)}  ${sudo}${[...install, ...packagesFor(manager, lacks, machine)].join(" ")}`,
      );
    }
  }
  const commands = remedies.flatMap((remedy: Remedy) => (remedy.kind === "command" ? [remedy.command] : []));
  if (commands.length > 0)
    lines.push("Change the settings:", ...commands.map((command) => `  ${sudo}${command}`));
  const advice = remedies.flatMap((remedy: Remedy) => (remedy.kind === "advice" ? [remedy.advice] : []));
  lines.push(...advice);
  return [...lines, preview].join("\n");
}

/** The error on other systems than Linux. */
export function explainPlatform(machine: Machine): string {
  return [
    `the lab needs Linux, and this is ${machine.platform}: its nodes are made of Linux namespaces, nftables and runc.`,
    "Run it in a container of Docker Desktop or Podman (two cores, 4 GB), or in the dev container of this folder:",
    "  docker build --file Containerfile --tag nodeport-vs-loadbalancer .",
    "  docker run --rm -it --privileged -p 28080:28080 -p 28081:28081 -v nodeport-vs-loadbalancer:/root/.cache nodeport-vs-loadbalancer",
    preview,
  ].join("\n");
}
