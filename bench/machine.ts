/** The machine that was measured on, and how much of it others took meanwhile: without both no figure means anything. */
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
export interface Company {
  /** Processes that ran or wanted to, on average over the minute before the first measurement: above 0, others ran as well. */
  readonly loadBefore: number;
  /** Part of the time in which the processors were busy, with what was measured and with whatever else ran. */
  readonly busy: number;
  /** Part of the time in which a processor was wanted and the hypervisor gave it to another machine. */
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

/** @returns what says, when it is called, how busy the machine has been since */
export function watchCompany(read: () => string = () => readFileSync("/proc/stat", "utf8")): () => Company {
  const [loadBefore = 0] = loadavg();
  const before = timesIn(read());
  return () => ({ loadBefore, ...companyBetween(before, timesIn(read())) });
}

interface Times {
  readonly total: number;
  readonly idle: number;
  readonly steal: number;
}

/** The first line of /proc/stat, proc_stat(5): user nice system idle iowait irq softirq steal, the guests' being in user already. */
export function timesIn(stat: string): Times {
  const [, user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = (
    stat.split("\n")[0] ?? ""
  )
    .split(/\s+/)
    .map(Number);
  return { total: user + nice + system + idle + iowait + irq + softirq + steal, idle: idle + iowait, steal };
}

export function companyBetween(before: Times, after: Times): Pick<Company, "busy" | "steal"> {
  const total = Math.max(1, after.total - before.total);
  const steal = (after.steal - before.steal) / total;
  return { busy: 1 - (after.idle - before.idle) / total - steal, steal };
}

/** In one sentence each. */
export function machineLines(machine: Machine, { loadBefore, busy, steal }: Company): string[] {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  return [
    `Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}.`,
    `Company: load ${loadBefore.toFixed(1)} in the minute before; while it ran the processors were busy ${percent(busy)} of the time, and ${percent(steal)} was stolen by other machines.`,
  ];
}
