/** A benchmark, and what it is given. */
import type { Starting } from "../cli/devLab.ts";
import type { Given } from "./options.ts";
import type { Outcome } from "./outcome.ts";

export interface Running extends Starting {
  readonly given: Given;
}

export interface Benchmark {
  /** What it measures, for `--help`. */
  readonly about: string;
  /** Its options by name, each with its value and its meaning for `--help`. */
  readonly options: Readonly<Record<string, readonly [value: string, meaning: string]>>;
  readonly run: (running: Running) => Promise<Outcome>;
}
