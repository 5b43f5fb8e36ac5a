/**
 * What the requirements ask of the machine, as an interface: the checks are pure over it, and tests inject their own.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, join } from "node:path";

/** How a command ended. `status` is -1 if it could not be started. */
export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly uid: number;
  readonly user: string;
  /** The path of a command, looked up on the PATH and where system administration commands live; undefined if there is none. */
  which(command: string): string | undefined;
  /** A file's text, or undefined if it cannot be read. */
  read(path: string): string | undefined;
  run(command: string, args: readonly string[], stdin?: string): Promise<Result>;
}

/** Debian leaves these out of an ordinary user's PATH, and `ip` and `nft` live there. */
const administrationPaths = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The directories to look for commands in: the PATH, then where system administration commands live. */
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
    // A command that ends without reading its input closes the pipe.
    child.stdin.on("error", () => undefined).end(stdin);
  });
}
