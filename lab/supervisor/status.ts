/** What the supervisor tells the host about itself, in one file that every change replaces as a whole. */
import { writeWhole } from "../files.ts";
import type { ProcessStatus } from "./process.ts";

export type LabPhase = "starting" | "ready" | "failed" | "stopping";

/** A step of the lab's start, and when it was done, in seconds since the supervisor began. */
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

/** The steps of a start, in their usual order. Progress is counted in them. */
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

export class StatusReport {
  readonly #begin = performance.now();
  readonly #milestones: Milestone[] = [];
  #phase: LabPhase = "starting";
  #reason: string | undefined;
  #retry: NodeJS.Timeout | undefined;

  readonly #file: string;
  readonly #now: () => Pick<LabStatusFile, "processes" | "cutNodes">;
  readonly #retryMs: number;

  /** @param retryMs the pause before a failed write is repeated */
  constructor(file: string, now: () => Pick<LabStatusFile, "processes" | "cutNodes">, retryMs = 1_000) {
    this.#file = file;
    this.#now = now;
    this.#retryMs = retryMs;
  }

  done(name: MilestoneName): void {
    this.#milestones.push({ name, seconds: (performance.now() - this.#begin) / 1000 });
    this.write();
  }

  enter(phase: LabPhase, reason?: string): void {
    this.#phase = phase;
    this.#reason = reason;
    this.write();
  }

  write(): void {
    const status: LabStatusFile = {
      phase: this.#phase,
      reason: this.#reason,
      milestones: this.#milestones,
      ...this.#now(),
    };
    clearTimeout(this.#retry);
    try {
      writeWhole(this.#file, `${JSON.stringify(status, undefined, 2)}\n`);
    } catch {
      // Probably the disk is full. Nothing that runs depends on this file, and it may as well be written a moment later.
      this.#retry = setTimeout(() => {
        this.write();
      }, this.#retryMs).unref();
    }
  }
}
