/** The progress of a build, in meaningful numbers. */

export interface Progress {
  /** What is being made, for display. */
  readonly step: string;
  /** How many of `total` are done; never decreases. */
  readonly done: number;
  readonly total: number;
  /** What is being done now. */
  readonly detail: string;
}

export type OnProgress = (progress: Progress) => void;

/** Counts the packages that several runs of `go build -v` compile. Each counts once, even if several programs need it. */
export class PackageCounter {
  readonly #pending: Set<string>;
  readonly total: number;

  /**
   * @param packages the import paths of all packages of the programs
   * @param compiled those that an interrupted build left in Go's cache
   */
  constructor(packages: Iterable<string>, compiled: Iterable<string> = []) {
    this.#pending = new Set(packages);
    this.total = this.#pending.size;
    this.finish(compiled);
  }

  get done(): number {
    return this.total - this.#pending.size;
  }

  /** Whether a line of `go build -v` names a package that was not compiled before. */
  compiled(line: string): boolean {
    return this.#pending.delete(line);
  }

  /** Marks packages as compiled. Those in Go's cache are never named. */
  finish(packages: Iterable<string>): void {
    for (const name of packages) this.#pending.delete(name);
  }
}
