/** Drives a running lab from the host: processes held and killed, nodes cut off, added and removed. */
import { closeSync, constants, openSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { labFiles } from "../files.ts";
import type { Lab } from "../lab.ts";
import { controlSocket } from "./requests.ts";
import type { AddedNode, ControlAnswer, ControlRequest } from "./requests.ts";

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
  /** Has a spare node join the cluster, as a new instance. Resolves when it is Ready. */
  addNode(): Promise<AddedNode>;
  /** Takes a spare node away, without draining it. */
  removeNode(node: string): Promise<void>;
}

export function controlLab({ directory }: Pick<Lab, "directory">): LabControl {
  const { run } = labFiles(directory);
  const done = async (request: ControlRequest): Promise<void> => {
    await ask(run, request);
  };
  return {
    hold: (process) => done({ kind: "hold", process }),
    release: (process) => done({ kind: "release", process }),
    kill: (process) => done({ kind: "kill", process }),
    cut: (node) => done({ kind: "cut", node }),
    mend: (node) => done({ kind: "mend", node }),
    async addNode() {
      const answer = await ask(run, { kind: "add-node" });
      if (answer.kind === "added") return answer.node;
      throw new Error("the lab added a node and did not say which");
    },
    removeNode: (node) => done({ kind: "remove-node", node }),
  };
}

/** @throws the reason of a refusal */
async function ask(run: string, request: ControlRequest): Promise<ControlAnswer> {
  const answer = JSON.parse(await exchange(run, JSON.stringify(request))) as ControlAnswer;
  if (answer.kind === "refused") throw new Error(answer.reason);
  return answer;
}

/** The socket is reached through an open directory: the path of a deep checkout exceeds the 107 bytes of a socket's name. */
async function exchange(run: string, request: string): Promise<string> {
  let directory: number | undefined;
  try {
    directory = openSync(run, constants.O_RDONLY | constants.O_DIRECTORY);
    const path = `/proc/self/fd/${directory}/${controlSocket}`;
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
