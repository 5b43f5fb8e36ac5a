/** Drives a running lab from the host: processes held and killed, nodes cut off. */
import { closeSync, constants, openSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { labFiles } from "../files.ts";
import type { Lab } from "../lab.ts";
import { controlSocket } from "./requests.ts";
import type { ControlAnswer, ControlRequest } from "./requests.ts";

/** Each resolves when it is done, and throws with the lab's reason if it can't be. */
export interface LabControl {
  /** Ends a process and keeps it ended until it is released or the lab starts anew. Held already, it stays so. */
  hold(process: string): Promise<void>;
  /** Starts a held process; one that is not held stays as it is. */
  release(process: string): Promise<void>;
  /** Kills a process once: the lab starts it again as after any crash. */
  kill(process: string): Promise<void>;
  /** Cuts a node's link: nothing that is sent to it or by it arrives, and nobody is told. */
  cut(node: string): Promise<void>;
  /** Mends a node's link. */
  mend(node: string): Promise<void>;
}

export function controlLab({ directory }: Pick<Lab, "directory">): LabControl {
  const { run } = labFiles(directory);
  return {
    hold: (process) => ask(run, { kind: "hold", process }),
    release: (process) => ask(run, { kind: "release", process }),
    kill: (process) => ask(run, { kind: "kill", process }),
    cut: (node) => ask(run, { kind: "cut", node }),
    mend: (node) => ask(run, { kind: "mend", node }),
  };
}

async function ask(run: string, request: ControlRequest): Promise<void> {
  const answer = JSON.parse(await exchange(run, JSON.stringify(request))) as ControlAnswer;
  if (answer.kind === "refused") throw new Error(answer.reason);
}

/** The socket is reached through an open directory: the path of a deep checkout exceeds the 107 bytes of a socket's name. */
async function exchange(run: string, request: string): Promise<string> {
  let directory: number | undefined;
  try {
    directory = openSync(run, constants.O_RDONLY | constants.O_DIRECTORY);
    const path = `/proc/self/fd/${directory.toString()}/${controlSocket}`;
    const socket = connect({ path, allowHalfOpen: true });
    socket.end(request);
    const answer = await text(socket);
    if (answer === "") throw new Error(ended);
    return answer;
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
    throw reason === undefined ? error : new Error(reason, { cause: error });
  } finally {
    if (directory !== undefined) closeSync(directory);
  }
}

const ended = "the lab ended before it answered";
const notReady = "the lab is not ready to be controlled; look at it with: npm run lab -- status";

const reasons: Readonly<Record<string, string>> = {
  // No lab was ever started here, or its socket has nobody behind it.
  ENOENT: notReady,
  ECONNREFUSED: notReady,
  EPIPE: ended,
  ECONNRESET: ended,
};
