import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { controlLab } from "../../../../lab/control/client.ts";
import { controlSocket, parseRequest } from "../../../../lab/control/requests.ts";
import type { ControlRequest } from "../../../../lab/control/requests.ts";
import { openControl } from "../../../../lab/control/server.ts";
import { labFiles } from "../../../../lab/files.ts";

describe("a request to the lab", () => {
  it("names a process or a node", () => {
    assert.deepEqual(parseRequest('{"kind":"hold","process":"etcd"}'), { kind: "hold", process: "etcd" });
    assert.deepEqual(parseRequest('{"kind":"cut","node":"node-a","more":1}'), {
      kind: "cut",
      node: "node-a",
    });
  });

  for (const [given, reason] of [
    ["hold etcd", /a request is JSON; this is not: hold etcd/],
    ["[]", /a request is a JSON object with a kind: hold, release, kill, cut, mend/],
    ["null", /a request is a JSON object with a kind/],
    ['{"kind":"toString"}', /unknown kind "toString"; there are hold, release/],
    ['{"kind":7}', /unknown kind 7; there are hold, release/],
    ['{"kind":"hold"}', /a request of kind "hold" needs "process": the name of a process/],
    ['{"kind":"cut","process":"etcd"}', /a request of kind "cut" needs "node": the name of a node/],
    ['{"kind":"mend","node":""}', /needs "node"/],
  ] as const) {
    it(`is refused if it is ${given}`, () => {
      assert.throws(() => parseRequest(given), reason);
    });
  }
});

describe("the control of a lab", () => {
  const came: ControlRequest[] = [];
  const node = { name: "node-d", instanceId: "i-0123" };
  const home = process.cwd();
  let directory = "";
  let server: Server | undefined;
  before(() => {
    directory = join(mkdtempSync(join(tmpdir(), "control-")), "deep".repeat(30));
    mkdirSync(labFiles(directory).run, { recursive: true });
    process.chdir(labFiles(directory).run);
  });
  afterEach(() => {
    server?.close();
    came.length = 0;
  });
  after(() => {
    process.chdir(home);
    rmSync(join(directory, ".."), { recursive: true });
  });

  it("reaches the lab from a directory deeper than a socket's name may be long", async () => {
    assert.ok(directory.length > 107);
    server = await openControl((request) => {
      came.push(request);
      return Promise.resolve(request.kind === "add-node" ? { kind: "added", node } : { kind: "done" });
    });
    const control = controlLab({ directory });
    await control.hold("etcd");
    await control.release("etcd");
    await control.kill("dns");
    await control.cut("node-a");
    await control.mend("node-a");
    assert.deepEqual(await control.addNode(), node);
    await control.removeNode("node-d");
    assert.deepEqual(came, [
      { kind: "hold", process: "etcd" },
      { kind: "release", process: "etcd" },
      { kind: "kill", process: "dns" },
      { kind: "cut", node: "node-a" },
      { kind: "mend", node: "node-a" },
      { kind: "add-node" },
      { kind: "remove-node", node: "node-d" },
    ]);
  });

  it("throws the lab's own reason", async () => {
    server = await openControl(() => Promise.reject(new Error('there is no process "x"; there are etcd')));
    await assert.rejects(
      controlLab({ directory }).hold("x"),
      /^Error: there is no process "x"; there are etcd$/,
    );
  });

  it("takes the place of a socket that an ended lab left", async () => {
    rmSync(controlSocket, { force: true });
    const left = createServer().listen(controlSocket);
    await once(left, "listening");
    server = await openControl(() => Promise.resolve({ kind: "done" }));
    await controlLab({ directory }).cut("node-b");
    left.close();
  });

  it("says so if the lab is not ready", async () => {
    const expected = /the lab is not ready to be controlled; look at it with: npm run lab -- status/;
    rmSync(controlSocket, { force: true });
    await assert.rejects(controlLab({ directory }).hold("etcd"), expected);
    await assert.rejects(controlLab({ directory: join(directory, "none") }).hold("etcd"), expected);
  });

  it("says so if the lab ends before it answers", async () => {
    rmSync(controlSocket, { force: true });
    server = createServer((socket) => socket.destroy()).listen(controlSocket);
    await once(server, "listening");
    await assert.rejects(controlLab({ directory }).hold("etcd"), /the lab ended before it answered/);
  });
});
