import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { recorded } from "../../../../comparison/plan/monitor.ts";

const debugging = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js") as {
  debuggablePromise: (promise: Promise<void>, context: string) => Promise<void>;
};

/** Whether Pulumi notes the stack of a promise. */
async function isNoted(): Promise<boolean> {
  const promise = Promise.resolve();
  await debugging.debuggablePromise(promise, "a promise");
  return "_debugStackTrace" in promise;
}

const run = <T>(program: () => Promise<T>) =>
  recorded(program, {
    mocks: {
      call: () => ({}),
      newResource: ({ inputs }) => ({ id: undefined, state: inputs as Record<string, unknown> }),
    },
    configuration: {},
    project: "project",
    stack: "stack",
    preview: true,
  });

describe("a program under mocks", () => {
  it("runs without the stacks that Pulumi notes of promises, which it notes again afterwards", async () => {
    assert.equal((await run(isNoted)).result, false);
    assert.equal(await isNoted(), true);
  });

  it("fails with its error and the error's own stack, and leaves Pulumi as it was", async () => {
    const failing = function failing(): Promise<void> {
      throw new Error("oh");
    };
    await assert.rejects(run(failing), ({ message, stack = "" }: Error) => {
      assert.equal(message, "oh");
      assert.match(stack, /at failing .*monitor\.test\.ts:/);
      assert.match(stack, /at recorded .*monitor\.ts:/);
      return true;
    });
    assert.equal(await isNoted(), true);
  });
});
