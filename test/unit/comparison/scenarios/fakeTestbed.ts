/** A testbed for tests of one part: it has what they give, and throws for anything else. Time is virtual. */
import type { Target, Testbed } from "../../../../comparison/scenarios/testbed/testbed.ts";
import type { Load, RunningLoads, Sample } from "../../../../comparison/traffic/load.ts";
import { conditions } from "./conditions.ts";
import { VirtualClock } from "./simulation/clock.ts";

export function fakeTarget(way: string): Target {
  return {
    way,
    address: `${way}.elb.example`,
    namespace: way,
    service: way,
    ports: { http: 80 },
    nodePorts: { http: 30080 },
    deployment: way,
  };
}

/** Loads that say what they meet before they are stopped. @param meet what one meets at once, when it starts */
export function fakeLoads(
  meet: (load: Load) => readonly Sample[],
): Testbed["startLoads"] & { started: Load[] } {
  const started: Load[] = [];
  const start: Testbed["startLoads"] = (loads) => {
    started.push(...loads);
    const samples = loads.flatMap(meet);
    const { promise, resolve } = promised<readonly Sample[]>();
    const running: RunningLoads = {
      samples,
      ended: promise,
      stop: () => {
        resolve(samples);
        return promise;
      },
    };
    return Promise.resolve(running);
  };
  return Object.assign(start, { started });
}

export function fakeTestbed(given: { readonly [Key in keyof Testbed]?: Partial<Testbed[Key]> }): Testbed {
  const testbed = {
    signal: new AbortController().signal,
    clock: VirtualClock.restless(),
    ...conditions(),
    report: () => undefined,
    ...given,
  };
  return new Proxy(testbed, {
    get(has: Partial<Record<string | symbol, unknown>>, key) {
      if (!(key in has)) throw new Error(`the test's testbed has no ${String(key)}`);
      return has[key];
    },
  }) as unknown as Testbed;
}

function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
