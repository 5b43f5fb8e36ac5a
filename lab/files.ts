/** The files that the lab writes: all in one directory of the checkout, `.lab/` for the stack dev. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface LabFiles {
  /** The lab's directory. */
  readonly directory: string;
  /** What must survive a restart of the lab: etcd, the cloud's account, certificates, addresses of load balancers. */
  readonly state: string;
  /** Sockets, the plan and the two status files; useless once the lab is down. */
  readonly run: string;
  /** One log file per process. */
  readonly logs: string;
  /** The nodes' disks; each start begins with new ones, as a replaced instance does. */
  readonly nodes: string;
  /** Written by the keeper: the host's ids of its own process and of the lab's init. */
  readonly keeper: string;
  /** Written by the supervisor: phase, milestones, processes. */
  readonly status: string;
  /** The lab's plan; read by the keeper and the supervisor. */
  readonly plan: string;
}

export function labFiles(directory: string): LabFiles {
  const run = join(directory, "run");
  return {
    directory,
    state: join(directory, "state"),
    run,
    logs: join(directory, "logs"),
    nodes: join(directory, "nodes"),
    keeper: join(run, "keeper.json"),
    status: join(run, "status.json"),
    plan: join(run, "plan.json"),
  };
}

/** Replaces a file in one step, so that a reader sees either the old or the new text. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, file);
  } catch (error) {
    // On a full disk, a partial draft would take the last free space.
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The parsed file, or undefined if it does not exist. The lab itself wrote it, so the caller states its type. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
