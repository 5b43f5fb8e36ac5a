/** Downloads a file whose checksum its publisher tells, and shows how far it is. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OnProgress } from "./progress.ts";

export interface Published {
  readonly address: string;
  /** Of a list with lines such as `<SHA-256 or SHA-1>  <file>`. */
  readonly checksums: string;
}

export interface DownloadOptions {
  readonly to: string;
  /** What is downloaded, for display. */
  readonly step: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
  /** How long the server may be silent. @default stallMs */
  readonly stallMs?: number;
}

/** The publisher's file could not be had, or is not what its checksum says. */
export class DownloadError extends Error {
  override name = "DownloadError";
}

const stallMs = 20_000;

/**
 * Leaves nothing behind if it fails.
 * @throws {DownloadError} saying the address, what was found and what was expected
 * @throws the signal's reason if aborted
 */
export async function download({ address, checksums }: Published, options: DownloadOptions): Promise<void> {
  const { to, signal } = options;
  try {
    const expected = checksumIn(await text(checksums, options), address, checksums);
    const found = await save(address, expected.algorithm, options);
    if (found !== expected.sum)
      throw new DownloadError(
        `${address} has the ${titles[expected.algorithm]} ${found}; ${checksums} says ${expected.sum}`,
      );
  } catch (error) {
    await rm(to, { force: true });
    signal?.throwIfAborted();
    throw named(address, error);
  }
}

function named(address: string, error: unknown): DownloadError {
  if (error instanceof DownloadError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DownloadError(`${address} could not be downloaded: ${reason}`, { cause: error });
}

const silence = (address: string, ms: number): DownloadError =>
  new DownloadError(`${address} was silent for ${ms / 1000} s`);

const titles = { sha1: "SHA-1", sha256: "SHA-256" } as const;

interface Checksum {
  readonly algorithm: keyof typeof titles;
  readonly sum: string;
}

function checksumIn(list: string, address: string, checksums: string): Checksum {
  const file = new URL(address).pathname.split("/").at(-1) ?? "";
  const line = list.split("\n").find((each) => each.trim().split(/\s+\*?(?:\.\/)?/)[1] === file);
  const [, sum] = /^([0-9a-f]{64}|[0-9a-f]{40})\s/i.exec(line ?? "") ?? [];
  if (sum === undefined)
    throw new DownloadError(`${checksums} has no ${Object.values(titles).join(" or ")} of ${file}`);
  return { algorithm: sum.length === 40 ? "sha1" : "sha256", sum: sum.toLowerCase() };
}

async function text(
  address: string,
  { signal, stallMs: patience = stallMs }: DownloadOptions,
): Promise<string> {
  const silent = AbortSignal.timeout(patience);
  try {
    return await (await answerOf(address, either(silent, signal))).text();
  } catch (error) {
    if (silent.aborted) throw silence(address, patience);
    throw named(address, error);
  }
}

const either = (one: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other === undefined ? one : AbortSignal.any([one, other]);

async function answerOf(address: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(address, { signal });
  if (answer.ok && answer.body !== null) return answer;
  throw new DownloadError(`${address} answers ${answer.status} ${answer.statusText}`);
}

/** @returns its checksum */
async function save(
  address: string,
  algorithm: Checksum["algorithm"],
  options: DownloadOptions,
): Promise<string> {
  const { to, step, onProgress, signal, stallMs: patience = stallMs } = options;
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), patience);
  const stop = either(stalled.signal, signal);
  try {
    const answer = await answerOf(address, stop);
    const total = Number(answer.headers.get("content-length") ?? 0);
    const hash = createHash(algorithm);
    let done = 0;
    const counting = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), patience);
        hash.update(chunk);
        done += chunk.length;
        onProgress({ step, done: megabytes(done), total: megabytes(total), detail: `MB of ${address}` });
        next(undefined, chunk);
      },
    });
    await pipeline(Readable.fromWeb(answer.body as never), counting, createWriteStream(to), { signal: stop });
    if (total !== 0 && done !== total)
      throw new DownloadError(`${address} ended after ${done} of ${total} bytes`);
    return hash.digest("hex");
  } catch (error) {
    if (stalled.signal.aborted) throw silence(address, patience);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
