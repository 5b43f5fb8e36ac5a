/** What the supervisor tells the host about itself, in one file that is replaced whole at every change. */
import { writeWhole } from "../files.ts";
import type { ProcessStatus } from "./process.ts";

export type LabPhase = "starting" | "ready" | "failed" | "stopping";

/** A step of the lab's start, and when it was done in seconds since the supervisor began. */
export interface Milestone {
  readonly name: string;
  readonly seconds: number;
}

export interface LabStatusFile {
  readonly phase: LabPhase;
  /** Why the start failed. */
  readonly reason: string | undefined;
  readonly milestones: readonly Milestone[];
  readonly processes: readonly ProcessStatus[];
  /** Nodes whose link is cut. */
  readonly cutNodes: readonly string[];
}

/** The steps of a start, in the order in which they are usually done: what progress is counted by. */
export const milestoneNames = [
  "network",
  "cloud API",
  "cloud account",
  "API server",
  "images",
  "nodes started",
  "controllers",
  "nodes ready",
] as const;
export type MilestoneName = (typeof milestoneNames)[number];

/** Wait before what could not be written is written again, in milliseconds. */
const retryInterval = 1_000;

export class StatusReport {
  private readonly begin = performance.now();
  private readonly milestones: Milestone[] = [];
  private phase: LabPhase = "starting";
  private reason: string | undefined;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private readonly now: () => Pick<LabStatusFile, "processes" | "cutNodes">,
  ) {}

  done(name: MilestoneName): void {
    this.milestones.push({ name, seconds: (performance.now() - this.begin) / 1000 });
    this.write();
  }

  enter(phase: LabPhase, reason?: string): void {
    this.phase = phase;
    this.reason = reason;
    this.write();
  }

  write(): void {
    const { phase, reason, milestones } = this;
    const status: LabStatusFile = { phase, reason, milestones, ...this.now() };
    clearTimeout(this.retry);
    try {
      writeWhole(this.file, `${JSON.stringify(status, undefined, 2)}\n`);
    } catch {
      // The disk is full, most likely: nothing that runs depends on this file, and what it says is true a moment later, too.
      this.retry = setTimeout(() => {
        this.write();
      }, retryInterval).unref();
    }
  }
}
