/** What a lab could leave on the host: listed before and after, so that the difference is the lab's. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** @param directory the lab's project, by which its processes are known */
export function traces(directory: string): string[] {
  return [...processesOf(directory), ...mountsIn(directory), ...interfaces(), ...rules(), ...cgroups()];
}

/** What is there besides what was there before, once the kernel has had a moment to tidy up. */
export async function leftovers(directory: string, before: readonly string[]): Promise<string[]> {
  const end = Date.now() + 5000;
  for (;;) {
    const now = traces(directory).filter((trace) => !before.includes(trace));
    if (now.length === 0 || Date.now() > end) return now;
    await sleep(100);
  }
}

/** Processes that name the directory on their command line, or work in it; and so in namespaces that it made. */
function processesOf(directory: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return [];
    const look = (read: () => string): string => {
      try {
        return read();
      } catch {
        return "";
      }
    };
    const command = look(() => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
    const where = look(() => readlinkSync(`/proc/${pid}/cwd`));
    return command.includes(directory) || where.startsWith(directory) ? [`process: ${command}`] : [];
  });
}

function mountsIn(directory: string): string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return mounts.filter((line) => line.includes(directory)).map((line) => `mount: ${line}`);
}

function interfaces(): string[] {
  return readdirSync("/sys/class/net").map((name) => `interface: ${name}`);
}

function rules(): string[] {
  if (process.getuid?.() !== 0) return [];
  const listed = execFileSync("nft", ["list", "tables"], { encoding: "utf8" }).trim();
  return listed === "" ? [] : listed.split("\n").map((table) => `nft: ${table}`);
}

/** Control groups that a container runtime would make. */
function cgroups(): string[] {
  return readdirSync("/sys/fs/cgroup")
    .filter((name) => /k8s|kube|containerd|runc/.test(name))
    .map((name) => `cgroup: ${name}`);
}
