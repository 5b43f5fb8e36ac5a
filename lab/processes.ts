/** The processes of this machine, as far as this user may look at them. proc(5) */
import { readdirSync, readFileSync } from "node:fs";

/** The ids of all processes. Any of them may be gone at any time. */
export const processIds = (): string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

/** The text of a file in a process's directory; empty if the process has ended or is another user's. */
export const processFile = (pid: string | number, file: string): string =>
  orElse("", () => readFileSync(`/proc/${pid}/${file}`, "utf8"));

/** What is in /proc may be gone, or forbidden. */
export function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
