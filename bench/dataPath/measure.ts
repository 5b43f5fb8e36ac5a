/** Measures all contenders in turns, in each mode. */
import { readFileSync } from "node:fs";
import type { Lab } from "../../lab/lab.ts";
import { CommandError } from "../../lab/tools/command.ts";
import { TimeoutError, until } from "../../lab/until.ts";
import { runInside } from "../insideLab.ts";
import { inTurns } from "../rounds.ts";
import type { Target } from "./contenders.ts";
import { timed } from "./loadTime.ts";
import { parseWrk, wrkCommand } from "./wrk.ts";
import type { Load, LoadFigures } from "./wrk.ts";

/** A way of sending requests. */
export interface Mode extends Pick<Load, "connections" | "keepAlive"> {
  readonly name: string;
}

export const modes: readonly Mode[] = [
  { name: "16 connections, kept open", connections: 16, keepAlive: true },
  { name: "1 connection, kept open", connections: 1, keepAlive: true },
  { name: "16 at a time, a new connection for each request", connections: 16, keepAlive: false },
];

export interface Measuring {
  readonly lab: Lab;
  /** Ids of the processes that answer. */
  readonly servers: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/** One for each round, by contender. */
export type ModeFigures = ReadonlyMap<string, readonly LoadFigures[]>;

export async function measureMode(
  mode: Mode,
  targets: readonly Target[],
  { lab, servers, rounds, seconds, signal, report }: Measuring,
): Promise<ModeFigures> {
  const contenders = targets.map((target) => ({
    name: target.name,
    measure: () => send(lab, servers, target, { ...mode, seconds }, signal),
  }));
  return inTurns(contenders, { rounds, signal, report: (line) => report(`${mode.name}: ${line}`) });
}

/** A new load balancer answers only once it knows that its targets are healthy. */
const patienceMilliseconds = 60_000;

/** Resolves once a request through each target is answered, which also warms them up. */
export async function awaitAnswers(
  targets: readonly Target[],
  { lab, servers, signal, report }: Pick<Measuring, "lab" | "servers" | "signal" | "report">,
): Promise<void> {
  for (const target of targets) {
    report(`waiting for the first answer through ${target.name}`);
    try {
      const first = (): Promise<boolean> => answers(lab, servers, target, signal);
      await until("an answer", first, patienceMilliseconds, { pauseMs: 200, signal });
    } catch (error) {
      throw error instanceof TimeoutError ? new Error(noAnswer(target), { cause: error }) : error;
    }
  }
}

async function answers(
  lab: Lab,
  servers: readonly string[],
  target: Target,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const once = { connections: 1, keepAlive: true, seconds: 1 };
    const { requestsPerSecond, errors } = await send(lab, servers, target, once, signal);
    return requestsPerSecond > 0 && errors === 0;
  } catch (error) {
    // wrk fails at once if nothing listens.
    if (error instanceof CommandError) return false;
    throw error;
  }
}

function send(
  lab: Lab,
  servers: readonly string[],
  { address, port }: Target,
  load: Omit<Load, "url">,
  signal: AbortSignal,
): Promise<LoadFigures> {
  const command = wrkCommand({ ...load, url: `http://${address}:${port}/hostname` });
  return runInside(lab, "client", timed(servers, command), { signal }).then(parseWrk);
}

function noAnswer({ name, address, port, log }: Target): string {
  const said = log === undefined ? "" : readFileSync(log, "utf8").trim();
  const complaint = `${name}: no request to ${address}:${port} was answered within ${patienceMilliseconds / 1000} s`;
  return said === "" ? complaint : `${complaint}; its log:\n${said}`;
}
