import assert from "node:assert/strict";
import { parseWrk, wrkCommand } from "../../../../bench/dataPath/wrk.ts";

/** As wrk 4.1.0 prints it, and after it what says what the load cost. */
const output = (extra = "") => `Running 2s test @ http://203.0.113.1:80/hostname
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.19ms    3.41ms  60.21ms   92.02%
    Req/Sec     9.80k     1.02k   11.83k    66.67%
  Latency Distribution
     50%  985.00us
     75%    2.20ms
     90%    5.33ms
     99%    1.03s 
  19504 requests in 2.00s, 3.12MB read
${extra}Requests/sec:   9748.44
Transfer/sec:      1.56MB
0m0.001000s 0m0.002000s
0m0.200000s 0m0.700000s
servers: 1050400000 ns
`;

describe("wrk's output", () => {
  it("gives requests per second, and percentiles in milliseconds from any unit", () => {
    const { costMicroseconds, ...figures } = parseWrk(output());
    assert.deepEqual(figures, {
      requestsPerSecond: 9748.44,
      p50Milliseconds: 0.985,
      p99Milliseconds: 1030,
      errors: 0,
    });
    assert.equal(costMicroseconds.toFixed(6), "100.000000");
  });

  it("counts failed connections, timeouts and refusals as errors", () => {
    const errors = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 5\n";
    assert.equal(parseWrk(output(errors)).errors, 15);
  });

  it("is refused and shown if it is something else", () => {
    assert.throws(() => parseWrk("unable to connect"), /does not match .*:\nunable to connect/);
    assert.throws(() => parseWrk("Requests/sec: 1\n"), /no percentile 50/);
  });
});

describe("wrk's command line", () => {
  const load = { url: "http://192.0.2.1/", connections: 16, seconds: 2 };

  it("reuses connections, or requests a new one each time", () => {
    const keeping = wrkCommand({ ...load, keepAlive: true });
    assert.deepEqual(keeping, [
      "wrk",
      "--threads=1",
      "--connections=16",
      "--duration=2s",
      "--timeout=5s",
      "--latency",
      "http://192.0.2.1/",
    ]);
    const closing = wrkCommand({ ...load, keepAlive: false });
    assert.deepEqual(
      closing.filter((word) => !keeping.includes(word)),
      ["--header", "Connection: close"],
    );
  });
});
