/** What every benchmark is given, and what it is. */
import type { Starting } from "../cli/devLab.ts";
import type { Given } from "./options.ts";
import type { Outcome } from "./outcome.ts";

export interface Running extends Starting {
  readonly given: Given;
}

export interface Benchmark {
  /** What it measures, and each option with its default, as lines of `--help`. */
  readonly usage: string;
  /** Names of its options, each with a value. */
  readonly options: readonly string[];
  readonly run: (running: Running) => Promise<Outcome>;
}
