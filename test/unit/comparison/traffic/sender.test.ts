import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Load, Sample } from "../../../../comparison/traffic/load.ts";
import { sendLoad } from "../../../../comparison/traffic/sender.ts";
import type { Send } from "../../../../comparison/traffic/sender.ts";

const load: Load = {
  id: "a",
  kind: "http",
  host: "echo",
  port: 80,
  perSecond: 100,
  seconds: 10,
  requests: 1,
  timeoutMilliseconds: 30,
};

async function met(send: Send): Promise<Sample[]> {
  const samples: Sample[] = [];
  await sendLoad(load, send, new AbortController().signal, (sample) => samples.push(sample));
  return samples;
}

/** Nothing else runs meanwhile. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const outcome = { kind: "answered", pod: "pod-1", clientAddress: "198.51.100.10" } as const;

describe("a request's time", () => {
  it("ends a request that nobody answers", async () => {
    const [sample] = await met(async (signal) => {
      await sleep(5000, undefined, { signal });
      return { outcome };
    });
    assert.deepEqual(sample?.outcome, { kind: "lost", reason: "no answer within 0.03 s" });
  });

  it("is not up before what has arrived was looked at, on a machine that stands still", async () => {
    const [sample] = await met(async (signal) => {
      // The answer is there in time, and nobody looks until time is up.
      const answer = new Promise<void>((resolve, reject) => {
        setImmediate(resolve);
        signal.addEventListener("abort", () => {
          reject(new Error("too late"));
        });
      });
      standStill(60);
      await answer;
      return { outcome };
    });
    assert.deepEqual(sample?.outcome, outcome);
  });
});

describe("a client that stood still", () => {
  it("goes on at its rate, and does not send at once what it missed", async () => {
    const samples: Sample[] = [];
    let calls = 0;
    const stands: Send = () => {
      calls += 1;
      if (calls === 1) standStill(300);
      return Promise.resolve({ outcome });
    };
    await sendLoad(
      { ...load, perSecond: 400, requests: 30 },
      stands,
      new AbortController().signal,
      (sample) => samples.push(sample),
    );
    const times = samples.map(({ at }) => at).sort((a, b) => a - b);
    // 29 more, 2.5 ms apart, after it could run again.
    assert.ok(times[29]! - times[0]! > 300 + 60);
  });
});
