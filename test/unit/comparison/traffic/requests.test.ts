import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Load, Sample } from "../../../../comparison/traffic/load.ts";
import { requestsTo } from "../../../../comparison/traffic/requests.ts";
import { sendLoad } from "../../../../comparison/traffic/sender.ts";
import type { Send } from "../../../../comparison/traffic/sender.ts";

const outcome = { kind: "answered", pod: "pod-1", clientAddress: "198.51.100.10" } as const;

async function met(send: Send, changes: Partial<Load> = {}): Promise<Sample[]> {
  const samples: Sample[] = [];
  // No rate: nothing here waits for the clock.
  const load = { ...requestsTo("http://echo.example"), perSecond: Infinity, ...changes };
  await sendLoad(load, send, new AbortController().signal, (sample) => samples.push(sample));
  return samples;
}

describe("the requests to an exposure", () => {
  it("go to the host and port of its URL", () => {
    const { host, port } = requestsTo("http://echo.example:8080/");
    assert.deepEqual([host, port, requestsTo("http://echo.example").port], ["echo.example", 8080, 80]);
  });

  it("go by UDP to an exposure whose first port has it", () => {
    const { kind, host, port } = requestsTo("udp://echo.example:8125");
    assert.deepEqual([kind, host, port], ["udp", "echo.example", 8125]);
    assert.equal(requestsTo("http://echo.example").kind, "http");
  });

  it("are 200, each with the pod that answered and the client that it saw", async () => {
    const samples = await met(() => Promise.resolve({ outcome }));
    assert.equal(samples.length, 200);
    for (const sample of samples) assert.deepEqual(sample.outcome, outcome);
  });

  it("are at most ten at a time", async () => {
    let underWay = 0;
    let most = 0;
    await met(
      async () => {
        most = Math.max(most, ++underWay);
        await sleep(2);
        underWay -= 1;
        return { outcome };
      },
      { requests: 40 },
    );
    assert.equal(most, 10);
  });

  it("go on after a lost one, which says why", async () => {
    let count = 0;
    const samples = await met(() =>
      ++count === 2 ? Promise.reject(new Error("no route")) : Promise.resolve({ outcome }),
    );
    assert.deepEqual(
      samples.filter(({ outcome: of }) => of.kind !== "answered").map(({ outcome: of }) => of),
      [{ kind: "lost", reason: "no route" }],
    );
    assert.equal(samples.length, 200);
  });

  it("end after twenty lost in a row: nobody is there", async () => {
    const samples = await met(() => Promise.reject(new Error("connect ECONNREFUSED")), { mostUnderWay: 1 });
    assert.equal(samples.length, 20);
  });

  it("go on as long as somebody answers in between", async () => {
    let count = 0;
    const samples = await met(
      () => (++count % 4 === 0 ? Promise.resolve({ outcome }) : Promise.reject(new Error("no"))),
      { giveUpAfter: 4, mostUnderWay: 1 },
    );
    assert.equal(samples.length, 200);
  });
});
