/** The client's own program, run here instead of in the lab. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { trafficClient } from "../../../../cli/verify/trafficClient.ts";
import { checkout } from "../../../../cli/devLab.ts";
import type { Kind, Load } from "../../../../comparison/traffic/load.ts";
import { ownProgram } from "../../../../lab/program.ts";
import { selfSigned } from "../../../../lab/selfSigned.ts";

/** A name server that knows no name: it says so, or that it failed. */
const codes = { noSuchName: 3, failure: 2 } as const;

describe("the scenarios' client", function () {
  this.timeout(60_000);
  let port = 0;
  const over = new AbortController();
  let started = 0;
  let code: number = codes.noSuchName;
  const server = createServer((request, response) =>
    response.end(request.url === "/hostname" ? "pod-a" : "127.0.0.1:1"),
  );
  const secure = createSecureServer((request, response) =>
    response.end(request.url === "/hostname" ? "pod-a" : "127.0.0.1:1"),
  );
  const names = createSocket("udp4", (query, { port: asking, address }) => {
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8180 | code, 2);
    names.send(answer, asking, address);
  });

  before(async () => {
    const { certificate: cert, key } = await selfSigned("app.example", []);
    secure.setSecureContext({ cert, key });
    server.listen(0, "127.0.0.1");
    secure.listen(0, "127.0.0.1");
    names.bind(0, "127.0.0.1");
    await Promise.all([server, secure, names].map((each) => once(each, "listening")));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    started = 0;
    code = codes.noSuchName;
  });
  after(() => {
    over.abort();
    server.close();
    secure.close();
    names.close();
  });

  const client = (program = "comparison/traffic/client.ts") =>
    trafficClient(() => {
      started += 1;
      const own = ownProgram(checkout, program, [`127.0.0.1:${names.address().port}`]);
      return { command: own.program, args: own.args };
    }, over.signal);
  const shared = client();
  const load = (id: string, changes: Partial<Load> = {}): Load => ({
    id,
    kind: "http",
    host: "127.0.0.1",
    port,
    perSecond: 100,
    seconds: 60,
    timeoutMilliseconds: 5000,
    ...changes,
  });

  it("sends one load after the other, and several at once, without starting again", async () => {
    const sent = async (id: string): Promise<readonly string[]> => {
      const { ended } = await shared.startLoads([load(id, { requests: 3 })]);
      return (await ended).map(({ load: of, outcome }) => `${of} ${outcome.kind}`);
    };
    const three = (id: string): string[] => Array.from({ length: 3 }, () => `${id} answered`);
    assert.deepEqual(await sent("a"), three("a"));
    assert.deepEqual(await Promise.all([sent("b"), sent("c")]), [three("b"), three("c")]);
    assert.equal(started, 1);
  });

  it("stops the loads that it is told to stop, and no others", async () => {
    const { startLoads } = shared;
    const [one, other] = await Promise.all([startLoads([load("one")]), startLoads([load("other")])]);
    while (other.samples.length === 0) await sleep(10);
    await one.stop();
    const before = other.samples.length;
    while (other.samples.length < before + 5) await sleep(10);
    assert.ok((await other.stop()).every(({ load: of }) => of === "other"));
  });

  it("finds no address of a name that does not exist", async () => {
    assert.deepEqual(await shared.resolve("nobody.example"), []);
  });

  it("says that a name could not be looked up, which is not the same", async () => {
    code = codes.failure;
    await assert.rejects(shared.resolve("somebody.example"), /somebody\.example: .*ESERVFAIL/);
  });

  it("says what the answer by TLS was, or why there was none", async () => {
    const question = {
      host: "127.0.0.1",
      protocols: [],
      newestVersion: "TLSv1.3",
      timeoutMilliseconds: 5000,
    } as const;
    const answer = await shared.askByTls({ ...question, port: (secure.address() as AddressInfo).port });
    assert.deepEqual(answer, {
      kind: "answered",
      certificate: "app.example",
      version: "TLSv1.3",
      protocol: null,
      pod: "pod-a",
      clientAddress: "127.0.0.1",
    });
    await assert.rejects(shared.askByTls({ ...question, port }), /127\.0\.0\.1: .*SSL|wrong version/i);
  });

  it("says why its program ended, and starts it anew for the next order", async () => {
    const { startLoads, resolve } = client("comparison/scenarios/no-such-program.ts");
    await assert.rejects(startLoads([load("a")]), /the client ended with 1: .*no-such-program/s);
    await assert.rejects(resolve("a.example"), /the client ended with 1/);
    assert.equal(started, 2);
  });

  it("fails loads whose program ends under way", async () => {
    const { startLoads } = shared;
    const { ended, samples } = await startLoads([load("a")]);
    while (samples.length === 0) await sleep(10);
    const broken = await startLoads([load("b", { kind: "nonsense" as Kind })]);
    await assert.rejects(broken.ended, /the client ended with 1/);
    await assert.rejects(ended, /the client ended with 1/);
  });

  it("ends what it sends when its time is over, and sends no more", async () => {
    const { startLoads } = shared;
    const { ended } = await startLoads([load("a")]);
    over.abort(new Error("over"));
    await ended;
    await assert.rejects(startLoads([load("a")]), /over/);
  });
});
