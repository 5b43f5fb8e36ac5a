/** The machine that was measured on, and its load meanwhile: without both, no figure means anything. */
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
}

/** How busy the machine was. */
export interface MachineLoad {
  /** Processes running or ready to run, on average over the minute before the first measurement: above 0, other work was running. */
  readonly loadBefore: number;
  /** Share of the time in which the processors were busy, with the measured work and all other work. */
  readonly busy: number;
  /** Share of the time in which the hypervisor gave a processor that was needed here to another machine. */
  readonly steal: number;
}

export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
}

/** @returns a function that tells how busy the machine has been since */
export function watchMachineLoad(
  read: () => string = () => readFileSync("/proc/stat", "utf8"),
): () => MachineLoad {
  const [loadBefore = 0] = loadavg();
  const before = timesIn(read());
  return () => ({ loadBefore, ...machineLoadBetween(before, timesIn(read())) });
}

interface Times {
  readonly total: number;
  readonly idle: number;
  readonly steal: number;
}

/** The first line of /proc/stat, proc_stat(5): user nice system idle iowait irq softirq steal; user includes guests' time. */
export function timesIn(stat: string): Times {
  const [, user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = (
    stat.split("\n")[0] ?? ""
  )
    .split(/\s+/)
    .map(Number);
  return { total: user + nice + system + idle + iowait + irq + softirq + steal, idle: idle + iowait, steal };
}

export function machineLoadBetween(before: Times, after: Times): Pick<MachineLoad, "busy" | "steal"> {
  const total = Math.max(1, after.total - before.total);
  const steal = (after.steal - before.steal) / total;
  return { busy: 1 - (after.idle - before.idle) / total - steal, steal };
}

/** One sentence for each. */
export function machineLines(machine: Machine, { loadBefore, busy, steal }: MachineLoad): string[] {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  return [
    `Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}.`,
    `Load: ${loadBefore.toFixed(1)} in the minute before; during the run the processors were busy ${percent(busy)} of the time, and other machines stole ${percent(steal)}.`,
  ];
}
