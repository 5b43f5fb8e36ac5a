import assert from "node:assert/strict";
import type { Provider } from "../../../../lab/providers/protocol.ts";
import { RunningPlugin } from "./runningPlugin.ts";

/** Does nothing but look things up. */
const looksUp = (found: Awaited<ReturnType<Provider["read"]>>): Provider =>
  ({ name: "p", version: "1.0.0", read: () => Promise.resolve(found) }) as unknown as Provider;

describe("a plug-in that is asked for a resource", () => {
  it("answers without any properties if there is none, by which the engine knows", async () => {
    const plugin = await RunningPlugin.here(looksUp(undefined));
    assert.equal(await plugin.read({ type: "p:a:B" }, "gone"), undefined);
    await plugin.stop();
  });

  it("answers with its properties if there is one, and even if it has none", async () => {
    for (const outputs of [{ a: "b" }, {}]) {
      const plugin = await RunningPlugin.here(looksUp({ id: "there", inputs: {}, outputs }));
      assert.deepEqual(await plugin.read({ type: "p:a:B" }, "there"), { inputs: {}, outputs });
      await plugin.stop();
    }
  });
});
