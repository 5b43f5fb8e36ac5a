import assert from "node:assert/strict";
import { UsageError } from "../../../cli/command.ts";
import { someOf, wholeNumber, wholeNumbers, yesOrNo } from "../../../bench/options.ts";

describe("options of a benchmark", () => {
  it("have defaults", () => {
    assert.equal(wholeNumber({}, "rounds", 7, 100), 7);
    assert.deepEqual(someOf({}, "proxies", ["a", "b"]), ["a", "b"]);
  });

  it("are whole numbers within a range", () => {
    assert.equal(wholeNumber({ rounds: "3" }, "rounds", 7, 100), 3);
    for (const rounds of ["0", "101", "1.5", "many", "", " "]) {
      assert.throws(
        () => wholeNumber({ rounds }, "rounds", 7, 100),
        new UsageError(`--rounds is "${rounds}"; allowed are whole numbers from 1 to 100`),
      );
    }
  });

  it("are several whole numbers, sorted and each once", () => {
    assert.deepEqual(wholeNumbers({}, "sizes", [1, 10], 250), [1, 10]);
    assert.deepEqual(wholeNumbers({ sizes: "50,1,10,50" }, "sizes", [1], 250), [1, 10, 50]);
    assert.throws(
      () => wholeNumbers({ sizes: "1,,10" }, "sizes", [1], 250),
      new UsageError('--sizes is ""; allowed are whole numbers from 1 to 250'),
    );
  });

  it("are yes or no", () => {
    assert.equal(yesOrNo({}, "checkpoints", true), true);
    assert.equal(yesOrNo({ checkpoints: "no" }, "checkpoints", true), false);
    assert.equal(yesOrNo({ checkpoints: "yes" }, "checkpoints", false), true);
    assert.throws(
      () => yesOrNo({ checkpoints: "maybe" }, "checkpoints", true),
      /"maybe"; allowed are yes, no/,
    );
  });

  it("are some of the allowed values, or none", () => {
    assert.deepEqual(someOf({ proxies: "b" }, "proxies", ["a", "b"]), ["b"]);
    assert.deepEqual(someOf({ proxies: "" }, "proxies", ["a", "b"]), []);
    assert.throws(
      () => someOf({ proxies: "c" }, "proxies", ["a", "b"]),
      /--proxies is "c"; allowed are a, b/,
    );
  });
});
