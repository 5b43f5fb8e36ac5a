import assert from "node:assert/strict";
import { sendRequests } from "../../../../comparison/traffic/requests.ts";
import type { Transport } from "../../../../comparison/traffic/requests.ts";

const load = { requests: 7, concurrency: 3, requestTimeoutSeconds: 0.05, giveUpAfter: 4 };

describe("sending requests", () => {
  it("sends exactly as many as the load says and notes pod and client of each", async () => {
    const outcomes = await sendRequests(load, () => Promise.resolve(["pod-1\n", "198.51.100.10:40000"]));
    assert.deepEqual(
      outcomes,
      Array.from({ length: 7 }, () => ({ kind: "answered", pod: "pod-1", clientAddress: "198.51.100.10" })),
    );
  });

  it("never has more in flight than the load allows", async () => {
    let inFlight = 0;
    let most = 0;
    await sendRequests(load, async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inFlight -= 1;
      return ["pod", "1.2.3.4:5"];
    });
    assert.equal(most, 3);
  });

  it("notes a refusal as a failure with its reason and goes on", async () => {
    let count = 0;
    const transport: Transport = () =>
      ++count === 2
        ? Promise.reject(new Error("connect ECONNREFUSED"))
        : Promise.resolve(["pod", "1.2.3.4:5"]);
    const outcomes = await sendRequests(load, transport);
    assert.equal(outcomes.filter(({ kind }) => kind === "answered").length, 6);
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind === "failed"),
      [{ kind: "failed", reason: "connect ECONNREFUSED" }],
    );
  });

  it("sends no more after so many failures in a row", async () => {
    const outcomes = await sendRequests({ ...load, requests: 100, concurrency: 1 }, () =>
      Promise.reject(new Error("connect ECONNREFUSED")),
    );
    assert.equal(outcomes.length, 4);
  });

  it("goes on as long as somebody answers in between", async () => {
    let count = 0;
    const transport: Transport = () =>
      ++count % 4 === 0 ? Promise.resolve(["pod", "1.2.3.4:5"]) : Promise.reject(new Error("no"));
    assert.equal((await sendRequests({ ...load, requests: 100, concurrency: 1 }, transport)).length, 100);
  });

  it("gives up on a request that is not answered in time", async () => {
    const never: Transport = (_paths, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    // The time-out does not keep the process alive by itself; a socket would.
    const alive = setInterval(() => undefined, 1000);
    const outcomes = await sendRequests({ ...load, requests: 1 }, never);
    clearInterval(alive);
    assert.deepEqual(outcomes, [{ kind: "failed", reason: "no answer within 0.05 s" }]);
  });
});
