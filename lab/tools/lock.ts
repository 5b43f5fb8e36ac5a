/** A lock between processes, held by the kernel: it ends with its holder, however that ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once if another process holds the lock. */
  readonly onWait?: () => void;
}

/** flock(1)'s status if the lock is taken. */
const taken = 75;

/**
 * Does the work while no other process does any under the same lock.
 *
 * Node has no flock(2), so flock(1) of util-linux (which the lab needs anyway, for unshare) takes the lock and then waits for the end of
 * a pipe that only this process can write to.
 *
 * @param file made if it is not there, and left there
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
  // In a session of its own, so that a Ctrl-C in the terminal does not take the lock away while its holder cleans up.
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
