/**
 * The machine as the requirements see it. Tests inject their own.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, join } from "node:path";

/** How a command ended. `status` is -1 if it could not start. */
export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly uid: number;
  readonly user: string;
  /** The path of a command, from the PATH or a directory of administration commands; undefined if there is none. */
  which(command: string): string | undefined;
  /** A file's text, or undefined if it cannot be read. */
  read(path: string): string | undefined;
  run(command: string, args: readonly string[], stdin?: string): Promise<Result>;
}

/** An ordinary user's PATH lacks these on Debian, and they contain `ip` and `nft`. */
const administrationPaths = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The directories in which to look for commands: the PATH, then those of administration commands. */
export function searchPath(path: string = process.env.PATH ?? ""): string {
  const given = path.split(delimiter).filter((directory) => directory !== "");
  return [...given, ...administrationPaths.filter((directory) => !given.includes(directory))].join(delimiter);
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const { uid, username } = userInfo();
  return { platform: process.platform, uid, user: username, which, read, run };
}

function which(command: string): string | undefined {
  return searchPath()
    .split(delimiter)
    .map((directory) => join(directory, command))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function run(command: string, args: readonly string[], stdin = ""): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, PATH: searchPath(), LC_ALL: "C" } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += String(data)));
    child.stderr.on("data", (data: Buffer) => (stderr += String(data)));
    child.on("error", (error) => resolve({ status: -1, stdout, stderr: error.message }));
    child.on("close", (status) => resolve({ status: status ?? -1, stdout, stderr }));
    // A command that ends without reading its input breaks the pipe.
    child.stdin.on("error", () => undefined).end(stdin);
  });
}
