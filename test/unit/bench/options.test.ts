import assert from "node:assert/strict";
import { UsageError } from "../../../cli/door.ts";
import { someOf, wholeNumber } from "../../../bench/options.ts";

describe("options of a benchmark", () => {
  it("have a default each", () => {
    assert.equal(wholeNumber({}, "rounds", 7, 100), 7);
    assert.deepEqual(someOf({}, "proxies", ["a", "b"]), ["a", "b"]);
  });

  it("are whole numbers within bounds", () => {
    assert.equal(wholeNumber({ rounds: "3" }, "rounds", 7, 100), 3);
    for (const rounds of ["0", "101", "1.5", "many", "", " "]) {
      assert.throws(
        () => wholeNumber({ rounds }, "rounds", 7, 100),
        new UsageError(`--rounds has "${rounds}"; allowed are whole numbers from 1 to 100`),
      );
    }
  });

  it("are some of what there is, or nothing", () => {
    assert.deepEqual(someOf({ proxies: "b" }, "proxies", ["a", "b"]), ["b"]);
    assert.deepEqual(someOf({ proxies: "" }, "proxies", ["a", "b"]), []);
    assert.throws(
      () => someOf({ proxies: "c" }, "proxies", ["a", "b"]),
      /--proxies has "c"; allowed are a, b/,
    );
  });
});
