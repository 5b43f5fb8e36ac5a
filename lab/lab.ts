/** The lab from the host's side: start it, stop it, look at it, enter it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onNode } from "./cluster/node.ts";
import { fullDisk, labSpace, requireSpace } from "./disk.ts";
import { initPidFile } from "./cluster/nodeRoot.ts";
import { labDemand, requireFreeInstances } from "./inotify.ts";
import { labFiles, readJson, writeWhole } from "./files.ts";
import type { LabFiles } from "./files.ts";
import { isAlive, keeperRecord } from "./keeper/record.ts";
import type { KeeperRecord } from "./keeper/record.ts";
import { nodes, spareNodes } from "./layout.ts";
import type { NodeLayout } from "./layout.ts";
import { inNamespace } from "./network/network.ts";
import { startedOtherwise } from "./plan.ts";
import type { LabPlan } from "./plan.ts";
import { ownProgram } from "./program.ts";
import { milestoneNames } from "./supervisor/status.ts";
import type { LabStatusFile, Milestone } from "./supervisor/status.ts";
import { until } from "./until.ts";

/** A running lab. */
export interface Lab {
  readonly directory: string;
  /** The host's id of the lab's PID 1. */
  readonly initPid: number;
}

export interface LabStatus {
  readonly running: Lab | undefined;
  /** What the supervisor wrote last, even if the lab is down by now. */
  readonly last: LabStatusFile | undefined;
}

export interface LabUpOptions {
  readonly plan: LabPlan;
  /** Called for every milestone as it is reached, with their number. */
  readonly onProgress?: (milestone: Milestone, done: number, total: number) => void;
  /** Aborting it stops the starting lab. */
  readonly signal?: AbortSignal;
}

const poll = { pauseMs: 50 } as const;
/** After this time a lab that is asked to stop is killed. */
const stopTimeoutMs = 15_000;

export function labStatus(directory: string): LabStatus {
  const files = labFiles(directory);
  return { running: findRunning(files), last: readJson(files.status) as LabStatusFile | undefined };
}

/** Whether a lab of this directory is running, starting or stopping. */
export const isLabAlive = (directory: string): boolean => findKeeper(labFiles(directory)) !== undefined;

/**
 * Starts the lab, or finds it running, and resolves when it is ready.
 * @returns the lab, and whether it was running before
 * @throws with the reason if it can't start; then nothing of it is left running
 */
export async function labUp({
  plan,
  onProgress,
  signal,
}: LabUpOptions): Promise<{ lab: Lab; found: boolean }> {
  signal?.throwIfAborted();
  const files = labFiles(plan.directory);
  const found = findKeeper(files) !== undefined;
  if (!found) {
    await requireFreeInstances(labDemand);
    requireSpace(labSpace(plan.directory));
    startKeeper(plan, files);
  } else refuseOtherStart(plan, readJson(files.plan) as LabPlan | undefined);
  try {
    return { lab: await ready(files, onProgress, signal), found };
  } catch (error) {
    if (!found) await labDown(plan.directory);
    throw error;
  }
}

function refuseOtherStart(wanted: LabPlan, running: LabPlan | undefined): void {
  const how = running === undefined ? undefined : startedOtherwise(wanted, running);
  if (how !== undefined)
    throw new Error(`the lab runs ${how}; stop it with npm run lab -- down, and start it again`);
}

function startKeeper(plan: LabPlan, files: LabFiles): void {
  rmSync(files.status, { force: true });
  for (const directory of [files.run, files.logs]) mkdirSync(directory, { recursive: true });
  writeWhole(files.plan, JSON.stringify(plan, undefined, 2));
  const log = openSync(join(files.logs, "lab.log"), "w");
  const { program, args } = ownProgram(plan.checkout, "lab/keeper/main.ts", [files.plan]);
  const keeper = spawn(program, args, { cwd: plan.checkout, detached: true, stdio: ["ignore", log, log] });
  // At once, so that a second start finds this lab rather than taken ports.
  if (keeper.pid !== undefined) writeWhole(files.keeper, JSON.stringify(keeperRecord(keeper.pid)));
  keeper.unref();
}

async function ready(
  files: LabFiles,
  onProgress: LabUpOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<Lab> {
  let told = 0;
  const look = (): Lab | undefined => {
    signal?.throwIfAborted();
    // Before reading what it wrote last.
    const ended = findKeeper(files) === undefined;
    const status = readJson(files.status) as LabStatusFile | undefined;
    for (const milestone of status?.milestones.slice(told) ?? []) {
      told += 1;
      onProgress?.(milestone, told, milestoneNames.length);
    }
    const running = findRunning(files);
    if (status?.phase === "ready" && running !== undefined) return running;
    if (status?.phase === "failed" || ended) throw new Error(whyEnded(files, status));
    return undefined;
  };
  return until("the lab", look, Infinity, { ...poll, signal });
}

/** Stops the lab and resolves when nothing of it runs any more. @returns false if none was running */
export async function labDown(directory: string): Promise<boolean> {
  const files = labFiles(directory);
  const record = findKeeper(files);
  if (record === undefined) return false;
  signalKeeper(record, "SIGTERM");
  const hasEnded = (): boolean => !isAlive(record);
  try {
    await until("the lab to stop", hasEnded, stopTimeoutMs, poll);
  } catch {
    // Its namespaces end with the keeper.
    signalKeeper(record, "SIGKILL");
    await until("the keeper to end", hasEnded, Infinity, poll);
  }
  rmSync(files.keeper, { force: true });
  return true;
}

function signalKeeper({ pid }: KeeperRecord, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The current nodes: the lab's own, and the spare ones that have joined. */
export const labNodes = (lab: Lab): readonly NodeLayout[] => [
  ...nodes,
  ...spareNodes.filter(({ name }) => existsSync(join(diskOf(lab, name), initPidFile))),
];

const diskOf = ({ directory }: Lab, node: string): string => join(labFiles(directory).nodes, node, "disk");

/**
 * The command line that runs `argv` inside the lab, from the host.
 * @param place `router`, `client` (outside the nodes' network), or a node
 * @throws if there is no such place, naming those there are
 */
export function inside(
  lab: Lab,
  place: string,
  argv: readonly string[],
): { command: string; args: string[] } {
  const names = labNodes(lab).map(({ name }) => name);
  const places = ["router", "client", ...names];
  if (!places.includes(place))
    throw new Error(`there is no place "${place}" in the lab; there are ${places.join(", ")}`);
  const isNode = names.includes(place);
  const there = isNode ? onNode({ disk: diskOf(lab, place) }, argv) : inNamespace(place, argv);
  const enter = ["--user", "--mount", "--net", "--pid", "--uts", "--ipc", "--cgroup"];
  return { command: "nsenter", args: ["--target", String(lab.initPid), ...enter, "--", ...there] };
}

function findKeeper(files: LabFiles): KeeperRecord | undefined {
  const record = readJson(files.keeper) as KeeperRecord | undefined;
  return record !== undefined && isAlive(record) ? record : undefined;
}

function findRunning(files: LabFiles): Lab | undefined {
  const initPid = findKeeper(files)?.initPid;
  return initPid === undefined ? undefined : { directory: files.directory, initPid };
}

function whyEnded({ directory, logs }: LabFiles, status: LabStatusFile | undefined): string {
  const reason =
    status?.phase === "stopping"
      ? "the lab was stopped before it was ready"
      : (status?.reason ?? lastError(join(logs, "lab.log")));
  return [reason, fullDisk(directory)].filter((sentence) => sentence !== undefined).join("\n");
}

/** Why the keeper ended, according to its log. Node adds the place in the code and its own version to an error. */
function lastError(file: string): string {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const error = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
  return error === "" ? "the lab ended without an error message, as if it was killed" : error;
}
