/** The processor time that this process and its finished children have used: what a command costs, whatever else runs on the machine. */
import { readFileSync } from "node:fs";

/** A clock tick is a hundredth of a second wherever Linux runs Node. https://man7.org/linux/man-pages/man7/time.7.html */
const ticksPerSecond = 100;

/** What an action takes. */
export interface Effort {
  readonly seconds: number;
  /** In this process and what it starts: Pulumi, its plug-ins and the program, without the lab. */
  readonly processorSeconds: number;
}

export async function effort(action: () => Promise<unknown>): Promise<Effort> {
  const [began, before] = [performance.now(), processorSeconds()];
  await action();
  return { seconds: (performance.now() - began) / 1000, processorSeconds: processorSeconds() - before };
}

export function processorSeconds(read: () => string = () => readFileSync("/proc/self/stat", "utf8")): number {
  // The program's name, in parentheses, may contain spaces. Fields 14 to 17 are utime, stime, cutime and cstime: proc_pid_stat(5).
  const [, rest = ""] = /^.*\) (.*)$/s.exec(read()) ?? [];
  const ticks = rest.split(" ").slice(11, 15).map(Number);
  return ticks.reduce((sum, count) => sum + count, 0) / ticksPerSecond;
}
