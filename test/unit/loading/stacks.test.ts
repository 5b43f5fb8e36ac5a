import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { leaveOutNotedStacks } from "../../../loading/stacks.mjs";

interface Noting {
  readonly debuggablePromise: (promise: Promise<void>, context: string) => Promise<void>;
}

const require = createRequire(import.meta.url);

describe("the stacks that Pulumi notes", () => {
  const before: unknown = Reflect.get(Error, "prepareStackTrace");
  const asked: string[] = [];
  const prepare = (error: Error): string => {
    asked.push(error.message);
    return `stack of ${error.message}`;
  };
  beforeEach(() => {
    asked.splice(0);
    Error.prepareStackTrace = prepare;
  });
  afterEach(() => {
    Reflect.set(Error, "prepareStackTrace", before);
    delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  });

  /** What Pulumi notes of a promise. */
  const noted = async (): Promise<unknown> => {
    const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable") as Noting;
    const promise = Promise.resolve();
    await debuggablePromise(promise, "a promise");
    return (promise as unknown as { _debugStackTrace: unknown })._debugStackTrace;
  };

  /** Where Pulumi sees a resource declared. */
  const callsites = (): readonly unknown[] =>
    (require("@pulumi/pulumi/resource") as { Resource: { callsites(): unknown[] } }).Resource.callsites();

  it("are left out, unlike those of errors", async () => {
    leaveOutNotedStacks();
    assert.equal(await noted(), "");
    assert.deepEqual(callsites(), []);
    assert.deepEqual(asked, []);
    assert.equal(new Error("an error").stack, "stack of an error");
    assert.equal(new Error().stack, "stack of ");
  });

  it("are all there for whoever looks for a leak", async () => {
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
    leaveOutNotedStacks();
    assert.equal(await noted(), "stack of ");
  });

  it("are all there where nothing makes them dear", () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    leaveOutNotedStacks();
    assert.ok(!Object.hasOwn(Error, "prepareStackTrace"));
  });
});
