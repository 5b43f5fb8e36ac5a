import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ControlAnswer, ControlRequest } from "../../../../lab/control/requests.ts";
import { spareNodes } from "../../../../lab/layout.ts";
import { fulfil } from "../../../../lab/supervisor/control.ts";

const node = { name: "node-d", instanceId: "i-0123" };

/** Asks a lab that writes down what is done to it. */
async function ask(
  request: ControlRequest,
  { running = true, joined = false } = {},
): Promise<{ answer: ControlAnswer; done: string[] }> {
  const done: string[] = [];
  const note = (what: string) => (name: string) => Promise.resolve(void done.push(`${what} ${name}`));
  const answer = await fulfil(request, {
    supervisor: {
      process: (name) => ({
        hold: () => note("hold")(name),
        release: () => void done.push(`release ${name}`),
        kill: () => Promise.resolve(running),
      }),
    },
    links: { cut: note("cut"), mend: note("mend") },
    spares: {
      nodes: joined ? spareNodes : [],
      add: () => Promise.resolve(node),
      remove: note("remove"),
    },
  });
  return { answer, done };
}

describe("the supervisor", () => {
  for (const [request, expected] of [
    [{ kind: "hold", process: "etcd" }, "hold etcd"],
    [{ kind: "release", process: "etcd" }, "release etcd"],
    [{ kind: "cut", node: "node-a" }, "cut node-a"],
    [{ kind: "mend", node: "node-c" }, "mend node-c"],
    [{ kind: "remove-node", node: "node-d" }, "remove node-d"],
  ] as const) {
    it(`does what is asked: ${expected}`, async () => {
      assert.deepEqual(await ask(request), { answer: { kind: "done" }, done: [expected] });
    });
  }

  it("answers with the node that joined", async () => {
    const { answer } = await ask({ kind: "add-node" });
    assert.deepEqual(answer, { kind: "added", node });
  });

  it("refuses to kill a process that is not running", async () => {
    await assert.rejects(
      ask({ kind: "kill", process: "etcd" }, { running: false }),
      /^Error: etcd is not running: it is held, or waits for its next start$/,
    );
  });

  it("cuts off the nodes that there are, a spare one only once it has joined", async () => {
    await assert.rejects(
      ask({ kind: "cut", node: "node-d" }),
      /^Error: there is no node "node-d"; there are node-a, node-b, node-c$/,
    );
    assert.deepEqual((await ask({ kind: "cut", node: "node-d" }, { joined: true })).done, ["cut node-d"]);
  });
});
