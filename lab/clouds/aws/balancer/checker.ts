/** Runs the health checks of all targets, each on its own schedule. */
import { check } from "./check.ts";
import type { CheckTarget } from "./check.ts";
import { checkTimeoutMs, realMs } from "./clocks.ts";
import type { Clocks } from "./clocks.ts";
import { afterCheck, checking, fromApi, unhealthy } from "./health.ts";
import type { TargetHealth, Thresholds } from "./health.ts";

/** What to check, and when the result changes the target's health. */
export interface WatchTarget extends CheckTarget, Thresholds {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly stateInApi: string;
}

interface Watched {
  target: WatchTarget;
  health: TargetHealth;
  timer?: NodeJS.Timeout;
  /** Ends `unhealthy.draining`. */
  drained?: NodeJS.Timeout;
}

export class Checker {
  readonly #watched = new Map<string, Watched>();
  readonly #clocks: Clocks;
  readonly #changed: (key: string, health: TargetHealth) => void;

  constructor(clocks: Clocks, changed: (key: string, health: TargetHealth) => void) {
    this.#clocks = clocks;
    this.#changed = changed;
  }

  health(key: string): TargetHealth | undefined {
    return this.#watched.get(key)?.health;
  }

  /**
   * Watches exactly these targets. A new target starts with its state in the API. A changed health check applies from the next check on.
   */
  watch(targets: ReadonlyMap<string, WatchTarget>): void {
    for (const [key, { timer, drained }] of this.#watched) {
      if (targets.has(key)) continue;
      clearTimeout(timer);
      clearTimeout(drained);
      this.#watched.delete(key);
    }
    for (const [key, target] of targets) {
      const known = this.#watched.get(key);
      if (known === undefined) this.#begin(key, target, fromApi(target.stateInApi));
      else known.target = target;
    }
  }

  stop(): void {
    this.watch(new Map());
  }

  #begin(key: string, target: WatchTarget, health: TargetHealth): void {
    const watched: Watched = { target, health };
    this.#watched.set(key, watched);
    if (health.state === "initial") {
      watched.timer = setTimeout(
        () => {
          this.#become(key, watched, checking);
          void this.#check(key, watched);
        },
        realMs(this.#clocks.registrationSeconds, this.#clocks),
      );
      return;
    }
    this.#drain(key, watched);
    void this.#check(key, watched);
  }

  async #check(key: string, watched: Watched): Promise<void> {
    const { target } = watched;
    const started = performance.now();
    const passed = await check(target, checkTimeoutMs(target.timeoutSeconds, this.#clocks));
    if (this.#watched.get(key) !== watched) return;
    this.#become(key, watched, afterCheck(watched.health, passed, target));
    const next = realMs(target.intervalSeconds, this.#clocks) - (performance.now() - started);
    watched.timer = setTimeout(() => void this.#check(key, watched), Math.max(0, next));
  }

  #become(key: string, watched: Watched, health: TargetHealth): void {
    const { state, reason } = watched.health;
    watched.health = health;
    if (health.state === state && health.reason === reason) return;
    clearTimeout(watched.drained);
    this.#drain(key, watched);
    this.#changed(key, health);
  }

  #drain(key: string, watched: Watched): void {
    if (watched.health.state !== "unhealthy.draining") return;
    watched.drained = setTimeout(
      () => {
        this.#become(key, watched, unhealthy);
      },
      realMs(watched.target.unhealthyDrainingSeconds, this.#clocks),
    );
  }
}
