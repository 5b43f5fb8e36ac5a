/** The keeper's note of itself on the host: how to find it, and how to enter the lab. */
import { readFileSync } from "node:fs";

export interface KeeperRecord {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot: process ids are used again, pairs of id and start time are not. */
  readonly startTime: string;
  /** The host's id of the lab's PID 1, once it is there. */
  readonly initPid: number | undefined;
}

export const keeperRecord = (pid: number, initPid?: number): KeeperRecord => ({
  pid,
  startTime: startTime(pid) ?? "",
  initPid,
});

/** Field 22 of /proc/PID/stat, proc_pid_stat(5); undefined where there is no such process, or only its zombie, which its parent has not collected yet. */
export function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command's name in parentheses and may hold spaces itself.
    const [state = "", ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

export const isAlive = (record: KeeperRecord): boolean => startTime(record.pid) === record.startTime;
