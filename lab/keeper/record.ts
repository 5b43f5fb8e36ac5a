/** The keeper's record on the host: how to find the keeper, and how to enter the lab. */
import { processFile } from "../processes.ts";

export interface KeeperRecord {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot: process ids are reused, pairs of id and start time are not. */
  readonly startTime: string;
  /** The host's id of the lab's PID 1, once it exists. */
  readonly initPid: number | undefined;
}

export const keeperRecord = (pid: number, initPid?: number): KeeperRecord => ({
  pid,
  startTime: startTime(pid) ?? "",
  initPid,
});

/** Field 22 of /proc/PID/stat, proc_pid_stat(5); undefined if there is no such process, or only a zombie that its parent has not collected yet. */
export function startTime(pid: number): string | undefined {
  const stat = processFile(pid, "stat");
  // The second field is the command's name in parentheses and may contain spaces.
  const [state = "", ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" ? undefined : fields[18];
}

export const isAlive = (record: KeeperRecord): boolean => startTime(record.pid) === record.startTime;
