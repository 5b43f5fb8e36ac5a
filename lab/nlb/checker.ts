/** Runs the health checks of all targets, each on its own clock. */
import { check } from "./check.ts";
import type { CheckTarget } from "./check.ts";
import { afterCheck, checking, fromApi } from "./health.ts";
import type { TargetHealth } from "./health.ts";

/**
 * AWS's clocks, and how many times faster the lab's run.
 *
 * Registration: AWS takes 180 to 300 s before it checks a new target. https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834
 */
export interface Clocks {
  readonly registrationMs: number;
  readonly scale: number;
}

/** A check's time-out is never scaled below this: what a busy machine needs to answer says nothing about a target. */
const leastTimeoutMs = 1000;

interface Watched {
  target: CheckTarget;
  health: TargetHealth;
  timer?: NodeJS.Timeout;
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
   * Watches exactly these targets. A new one starts with the state the API has for it; a changed check applies from the next one on.
   */
  watch(targets: ReadonlyMap<string, CheckTarget & { readonly stateInApi: string }>): void {
    for (const [key, { timer }] of this.#watched) {
      if (targets.has(key)) continue;
      clearTimeout(timer);
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

  #begin(key: string, target: CheckTarget, health: TargetHealth): void {
    const watched: Watched = { target, health };
    this.#watched.set(key, watched);
    if (health.state === "initial") {
      watched.timer = setTimeout(() => {
        this.#become(key, watched, checking);
        void this.#check(key, watched);
      }, this.#clocks.registrationMs / this.#clocks.scale);
    } else void this.#check(key, watched);
  }

  async #check(key: string, watched: Watched): Promise<void> {
    const { settings } = watched.target;
    const started = performance.now();
    const passed = await check(
      watched.target,
      Math.max(leastTimeoutMs, (settings.timeoutSeconds * 1000) / this.#clocks.scale),
    );
    if (this.#watched.get(key) !== watched) return;
    this.#become(key, watched, afterCheck(watched.health, passed, settings));
    const next = (settings.intervalSeconds * 1000) / this.#clocks.scale - (performance.now() - started);
    watched.timer = setTimeout(() => void this.#check(key, watched), Math.max(0, next));
  }

  #become(key: string, watched: Watched, health: TargetHealth): void {
    const { reason } = watched.health;
    watched.health = health;
    if (health.reason !== reason) this.#changed(key, health);
  }
}
