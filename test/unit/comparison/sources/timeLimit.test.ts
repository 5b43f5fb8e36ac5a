import assert from "node:assert/strict";
import { TimeLimitError, within } from "../../../../comparison/sources/timeLimit.ts";
import { never, unheeded } from "./clients.ts";
import { lettingTimePass } from "./waiting.ts";

describe("a source's time limit", () => {
  it("leaves an answer in time as it is", async () => {
    assert.equal(await within(1, unheeded, () => Promise.resolve("answer")), "answer");
  });

  it("leaves a failure in time as it is", async () => {
    await assert.rejects(
      within(1, unheeded, () => Promise.reject(new Error("no"))),
      /^Error: no$/,
    );
  });

  it("gives up on a question that never ends, and says after how long", async () => {
    await assert.rejects(
      lettingTimePass(() => within(7, unheeded, never)),
      (error) => {
        assert.ok(error instanceof TimeLimitError);
        assert.equal(error.seconds, 7);
        return true;
      },
    );
  });

  it("ends the calls of a question that is given up", async () => {
    let heard: AbortSignal | undefined;
    const question = (signal: AbortSignal): Promise<never> => {
      heard = signal;
      return never();
    };
    await assert.rejects(lettingTimePass(() => within(7, unheeded, question)));
    assert.equal(heard?.aborted, true);
  });

  it("ends calls when their answer is not needed any longer", async () => {
    const all = new AbortController();
    const question = (signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("ended"))));
    const asked = within(7, all.signal, question);
    all.abort();
    await assert.rejects(asked, /ended/);
  });
});
