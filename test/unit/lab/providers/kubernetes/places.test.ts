import assert from "node:assert/strict";
import { NoMatchError } from "../../../../../lab/providers/kubernetes/api.ts";
import { ApiError } from "../../../../../lab/providers/kubernetes/client.ts";
import { onceThereIsAPlace } from "../../../../../lab/providers/kubernetes/places.ts";

describe("the creation of an object", () => {
  const noKind = new NoMatchError({ apiVersion: "example.com/v1", kind: "Widget" });
  const running = new AbortController().signal;

  it("is tried again if its kind is not served yet, and says so", async () => {
    const said: string[] = [];
    let tries = 0;
    const made = await onceThereIsAPlace(
      () => (tries++ === 0 ? Promise.reject(noKind) : Promise.resolve("made")),
      { signal: running, report: (message) => said.push(message), pausesMs: [1] },
    );
    assert.deepEqual([made, tries], ["made", 2]);
    assert.match(said.join(), /^trying again: no matches for kind "Widget"/);
  });

  it("is tried once if something else is wrong, or after an interruption", async () => {
    const stopped = AbortSignal.abort();
    const refusal = new ApiError(422, "Invalid", "invalid");
    for (const [error, signal] of [
      [refusal, running],
      [noKind, stopped],
    ] as const) {
      let tries = 0;
      const creation = onceThereIsAPlace(
        () => {
          tries += 1;
          return Promise.reject(error);
        },
        { signal, report: () => undefined },
      );
      await assert.rejects(creation, error);
      assert.equal(tries, 1);
    }
  });
});
