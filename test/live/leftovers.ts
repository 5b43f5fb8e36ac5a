/** What a lab could leave on the host, listed before and after the lab, so that the difference is the lab's. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { orElse, processFile, processIds } from "../../lab/processes.ts";

/** How long a namespace may take to end on a busy machine, in milliseconds. */
const tidyTimeout = 20_000;

/** @param directory the lab's project, which identifies its processes */
export function traces(directory: string): string[] {
  return [
    ...processesOf(directory),
    ...mountsIn(directory),
    ...interfaces(),
    ...rules(),
    ...cgroups(),
    ...sysctls(),
  ];
}

/** What exists now and did not exist before, after the kernel had time to clean up. */
export async function leftovers(directory: string, before: readonly string[]): Promise<string[]> {
  const known = new Set(before);
  const end = Date.now() + tidyTimeout;
  for (;;) {
    const now = traces(directory).filter((trace) => !known.has(trace));
    if (now.length === 0 || Date.now() > end) return now;
    await sleep(100);
  }
}

/** Processes with the directory in their command line or as their working directory, also in the lab's namespaces. */
function processesOf(directory: string): string[] {
  return processIds().flatMap((pid) => {
    if (pid === String(process.pid)) return [];
    const command = processFile(pid, "cmdline").replaceAll("\0", " ");
    const where = orElse("", () => readlinkSync(`/proc/${pid}/cwd`));
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

/** Control groups that a container runtime creates. */
function cgroups(): string[] {
  return readdirSync("/sys/fs/cgroup")
    .filter((name) => /k8s|kube|containerd|runc/.test(name))
    .map((name) => `cgroup: ${name}`);
}

/** Counters of the kernel, and values that change with each read. https://docs.kernel.org/admin-guide/sysctl/ */
const changesByItself =
  /^(fs\/(aio-nr|dentry-state|file-nr|inode-nr|inode-state|quota\/.*)|kernel\/(ns_last_pid|pty\/nr|random\/.*)|net\/netfilter\/nf_conntrack_count)$/;

/** Every kernel setting that this user may read, with its value. */
function sysctls(): string[] {
  const root = "/proc/sys";
  return readdirSync(root, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    if (changesByItself.test(name)) return [];
    try {
      return [`sysctl: ${name} = ${readFileSync(join(root, name), "utf8").trim()}`];
    } catch {
      // A directory, write-only, or removed with its interface.
      return [];
    }
  });
}
