/** How far the build is, in numbers that mean something. */

export interface Progress {
  /** What is being made, as shown to a person. */
  readonly step: string;
  /** How many of `total` are done; never falls. */
  readonly done: number;
  readonly total: number;
  /** What is being done just now. */
  readonly detail: string;
}

export type OnProgress = (progress: Progress) => void;

/** Counts the packages that several runs of `go build -v` compile, each once, however many programs need it. */
export class PackageCounter {
  readonly #pending: Set<string>;
  readonly total: number;

  /**
   * @param packages all that the programs are made of, by import path
   * @param compiled what an earlier, interrupted build left in Go's cache
   */
  constructor(packages: Iterable<string>, compiled: Iterable<string> = []) {
    this.#pending = new Set(packages);
    this.total = this.#pending.size;
    this.finish(compiled);
  }

  get done(): number {
    return this.total - this.#pending.size;
  }

  /** True if the line, of `go build -v`, names a package that was not compiled before. */
  compiled(line: string): boolean {
    return this.#pending.delete(line);
  }

  /** Packages that are built now, be it without having been named: they were in Go's cache. */
  finish(packages: Iterable<string>): void {
    for (const name of packages) this.#pending.delete(name);
  }
}
