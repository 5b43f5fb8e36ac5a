/** Controls a running lab from the host: holds and kills processes; cuts off, adds and removes nodes. */
import { closeSync, constants, openSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { labFiles } from "../files.ts";
import type { Lab } from "../lab.ts";
import { controlSocket } from "./requests.ts";
import type { AddedNode, ControlAnswer, ControlRequest } from "./requests.ts";

/** Each method resolves when it is done, and throws the lab's reason if that is impossible. */
export interface LabControl {
  /** Ends a process and keeps it ended until it is released or the lab restarts. A held process stays held. */
  hold(process: string): Promise<void>;
  /** Starts a held process; does nothing to others. */
  release(process: string): Promise<void>;
  /** Kills a process once; the lab starts it again as after any crash. */
  kill(process: string): Promise<void>;
  /** Cuts a node's link: packets to it and from it are lost silently. */
  cut(node: string): Promise<void>;
  /** Mends a node's link. */
  mend(node: string): Promise<void>;
  /** Lets a spare node join the cluster on a new machine. Resolves when it is Ready. */
  addNode(): Promise<AddedNode>;
  /** Removes a spare node without draining it. */
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
      throw new Error("the lab added a node without naming it");
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
  // No lab was ever started here, or no process listens on its socket.
  ENOENT: notReady,
  ECONNREFUSED: notReady,
  EPIPE: ended,
  ECONNRESET: ended,
};
