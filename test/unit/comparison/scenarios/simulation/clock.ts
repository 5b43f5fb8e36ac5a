/** A clock that waits for nobody: time passes as soon as everybody sleeps. */
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../../../comparison/clock.ts";

const stepMilliseconds = 50;

interface Sleeper {
  readonly at: number;
  readonly until: AbortSignal | undefined;
  readonly wake: () => void;
}

export class VirtualClock implements Clock {
  #now = 1_000_000;
  #sleepers: Sleeper[] = [];
  #isRestless = false;

  private readonly passes: (now: number) => void;

  /** @param passes is told each moment, a step apart */
  constructor(passes: (now: number) => void = () => undefined) {
    this.passes = passes;
  }

  now(): number {
    return this.#now;
  }

  sleep(seconds: number, until?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (until?.aborted === true) resolve();
      else this.#sleepers.push({ at: this.#now + seconds * 1000, until, wake: resolve });
      if (this.#isRestless) void turn().then(() => this.#next());
    });
  }

  /** Time passes whenever somebody sleeps, for tests of one part. */
  static restless(): VirtualClock {
    const clock = new VirtualClock();
    clock.#isRestless = true;
    return clock;
  }

  /** Lets time pass until the work is done. @throws if it never will be */
  async run<T>(work: (clock: this) => Promise<T>): Promise<T> {
    const progress = { isDone: false };
    const result = work(this).finally(() => (progress.isDone = true));
    result.catch(() => undefined);
    for (;;) {
      await turn();
      if (progress.isDone) return result;
      if (this.#sleepers.length === 0) throw new Error("everybody waits, and nobody for time to pass");
      this.#next();
    }
  }

  /** The next to wake does, and whoever need not sleep any more. */
  #next(): void {
    const isOver = this.#sleepers.some(({ until }) => until?.aborted === true);
    if (!isOver && this.#sleepers.length > 0) this.#passTo(Math.min(...this.#sleepers.map(({ at }) => at)));
    this.#wake();
  }

  #passTo(end: number): void {
    while (this.#now < end) {
      this.#now = Math.min(end, (Math.floor(this.#now / stepMilliseconds) + 1) * stepMilliseconds);
      this.passes(this.#now);
    }
  }

  #wake(): void {
    const isAwake = ({ at, until }: Sleeper): boolean => at <= this.#now || until?.aborted === true;
    const awake = this.#sleepers.filter(isAwake);
    this.#sleepers = this.#sleepers.filter((sleeper) => !isAwake(sleeper));
    for (const { wake } of awake) wake();
  }
}
