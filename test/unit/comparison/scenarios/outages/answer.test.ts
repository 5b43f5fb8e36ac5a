import assert from "node:assert/strict";
import { answerOf, isRefusal } from "../../../../../comparison/scenarios/outages/conclude.ts";

describe("the answer to a change", () => {
  it("is that it is done, or why not", async () => {
    assert.equal(await answerOf(() => Promise.resolve(1)), "done");
    assert.equal(
      await answerOf(() => Promise.reject(new Error("connect ECONNREFUSED\n    at socket"))),
      "refused: connect ECONNREFUSED",
    );
    assert.equal(
      await answerOf(() =>
        Promise.reject(new Error("1 error occurred:\n\t* dial tcp: connection refused\n\n")),
      ),
      "refused: 1 error occurred: dial tcp: connection refused",
    );
  });

  it("is a refusal only if it says what does not answer", () => {
    assert.equal(isRefusal("refused: the Kubernetes API at https://127.0.0.1:6443 is unreachable"), true);
    assert.equal(isRefusal("refused: exit code 255"), false);
    assert.equal(isRefusal("done"), false);
  });
});
