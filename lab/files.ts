/** Where the lab keeps what it writes: everything under one directory of the checkout, `.lab/` on the dev stack. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface LabFiles {
  /** The lab's directory. */
  readonly directory: string;
  /** What must survive a restart of the lab: etcd, the emulator's snapshot, certificates, addresses of load balancers. */
  readonly state: string;
  /** Sockets and the two status files; worthless once the lab is down. */
  readonly run: string;
  /** One file per process. */
  readonly logs: string;
  /** What nodes write; made anew at each start, as for a replaced instance. */
  readonly nodes: string;
  /** Written by the keeper: its own process and the lab's init, as the host counts them. */
  readonly keeper: string;
  /** Written by the supervisor: phase, milestones, processes. */
  readonly status: string;
  /** What the lab was started with; read by keeper and supervisor. */
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

/** Replaces a file in one step, so that a reader sees the old or the new text and never half of one. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, file);
  } catch (error) {
    // On a full disk, half of a draft would keep what little room there is.
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The parsed file, or undefined where there is none yet; its writer is the lab itself, so that the caller names its type. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
