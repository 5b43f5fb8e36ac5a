import assert from "node:assert/strict";
import { eachInTurn } from "../../../cli/eachInTurn.ts";
import { NotComparable } from "../../../comparison/sources/eligibility.ts";

describe("comparisons in turn", () => {
  it("come in their order", async () => {
    assert.deepEqual(await eachInTurn([1, 2, 3], (n) => Promise.resolve(n * 2)), [2, 4, 6]);
  });

  it("name the problems of all Services at once, each of them once", async () => {
    const problems: Readonly<Record<string, readonly string[]>> = {
      a: ["a is refused"],
      b: ["a is refused", "b is pending"],
    };
    const compare = (name: string): Promise<string> => {
      const found = problems[name];
      return found === undefined ? Promise.resolve(name) : Promise.reject(new NotComparable(found));
    };
    await assert.rejects(eachInTurn(["a", "fine", "b"], compare), (error: unknown) => {
      assert.ok(error instanceof NotComparable);
      assert.deepEqual(error.reasons, ["a is refused", "b is pending"]);
      return true;
    });
  });

  it("stop at any other error", async () => {
    let asked = 0;
    const compare = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new Error("no network"));
    };
    await assert.rejects(eachInTurn([1, 2], compare), /no network/);
    assert.equal(asked, 1);
  });
});
