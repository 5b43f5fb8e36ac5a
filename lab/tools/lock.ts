/** A lock between processes. The kernel releases it when its holder ends, for whatever reason. */
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once if another process holds the lock. */
  readonly onWait?: () => void;
}

/** flock(1)'s status if the lock is taken. */
const taken = 75;

/**
 * Does the work while no other process holds the same lock.
 *
 * Node has no flock(2). So flock(1) of util-linux, which the lab needs anyway for unshare, takes the lock and waits for the end of a pipe that only this process
 * can write to.
 *
 * @param file created if it does not exist, and never removed
 * @throws the signal's reason if aborted while waiting
 */
export async function withLock<T>(
  file: string,
  { signal, onWait }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  let release = await acquire(file, ["--nonblock"], signal);
  if (release === undefined) {
    onWait?.();
    release = await acquire(file, [], signal);
  }
  try {
    return await work();
  } finally {
    await release?.();
  }
}

async function acquire(
  file: string,
  flags: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(() => Promise<void>) | undefined> {
  signal?.throwIfAborted();
  const args = [
    ...flags,
    "--no-fork",
    "--conflict-exit-code",
    String(taken),
    file,
    "sh",
    "-c",
    "echo; exec cat",
  ];
  // In its own session, so that Ctrl-C in the terminal does not release the lock while its holder cleans up.
  const holder = spawn("flock", args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  holder.stderr.on("data", (data: Buffer) => (complaint += String(data)));
  const closed = new Promise<number | string>((resolve) => {
    holder.on("error", (error) => resolve(error.message));
    holder.on("close", (status) => resolve(status ?? "killed"));
  });
  const abort = () => holder.kill();
  signal?.addEventListener("abort", abort);
  const outcome = await Promise.race([once(holder.stdout, "data"), closed]);
  signal?.removeEventListener("abort", abort);
  signal?.throwIfAborted();
  if (outcome === taken && flags.length > 0) return undefined;
  if (!Array.isArray(outcome))
    throw new Error(`cannot lock ${file} with flock: ${complaint.trim() || outcome}`);
  return async () => {
    holder.stdin.end();
    await closed;
  };
}
