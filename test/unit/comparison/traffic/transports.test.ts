/** Requests over loopback, to servers that answer as agnhost netexec does. */
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Kind, Load, Sample } from "../../../../comparison/traffic/load.ts";
import { sendLoad } from "../../../../comparison/traffic/sender.ts";
import { sendFor } from "../../../../comparison/traffic/transports.ts";

const load = (kind: Kind, port: number, changes: Partial<Load> = {}): Load => ({
  id: "load",
  kind,
  host: "127.0.0.1",
  port,
  perSecond: 200,
  seconds: 5,
  requests: 6,
  timeoutMilliseconds: 5000,
  ...changes,
});

async function samplesOf(what: Load, stop = new AbortController().signal): Promise<Sample[]> {
  const samples: Sample[] = [];
  await sendLoad(what, sendFor(what), stop, (sample) => samples.push(sample));
  return samples;
}

const kinds = (samples: readonly Sample[]): string[] => samples.map(({ outcome }) => outcome.kind);

describe("a load", () => {
  let port = 0;
  const clientPorts = new Set<number | undefined>();
  let status = 200;
  const server = createServer((request, response) => {
    clientPorts.add(request.socket.remotePort);
    response.statusCode = status;
    response.end(request.url === "/hostname" ? "pod-a" : `127.0.0.1:${request.socket.remotePort ?? 0}`);
  });

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());
  beforeEach(() => {
    clientPorts.clear();
    status = 200;
  });

  it("opens a connection for each request, and hears who answered and whom they saw", async () => {
    const samples = await samplesOf(load("http", port));
    const outcome = { kind: "answered", pod: "pod-a", clientAddress: "127.0.0.1" };
    assert.deepEqual(
      samples.map((sample) => [sample.load, sample.address, sample.outcome]),
      Array.from({ length: 6 }, () => ["load", "127.0.0.1", outcome]),
    );
    assert.equal(clientPorts.size, 6);
  });

  it("keeps as many connections as it is told, where they are to last", async () => {
    const samples = await samplesOf(load("http keep-alive", port, { connections: 2 }));
    assert.deepEqual(
      kinds(samples),
      Array.from({ length: 6 }, () => "answered"),
    );
    assert.equal(clientPorts.size, 2);
  });

  it("gives up a connection that has been used for long enough, and loses nothing", async () => {
    const what = { connections: 1, connectionSeconds: 0.1, perSecond: 50, requests: 20 };
    const samples = await samplesOf(load("http keep-alive", port, what));
    assert.deepEqual([...new Set(kinds(samples))], ["answered"]);
    assert.ok(clientPorts.size > 1 && clientPorts.size < 20, `${clientPorts.size} connections`);
  });

  it("makes a connection anew that broke, and loses only what was under way", async () => {
    const what = load("http keep-alive", port, { connections: 1, requests: 10 });
    const samples: Sample[] = [];
    await sendLoad(what, sendFor(what), new AbortController().signal, (sample) => {
      samples.push(sample);
      if (samples.length === 3) server.closeAllConnections();
    });
    assert.equal(samples.length, 10);
    assert.ok(kinds(samples).filter((kind) => kind === "lost").length <= 1);
    assert.equal(clientPorts.size, 2);
  });

  it("says who answered before over a connection that broke under a request", async () => {
    let asked = 0;
    const ending = createServer((request, response) => {
      asked += 1;
      // A sample is two questions.
      if (asked > 2) request.socket.destroy();
      else response.end("pod-a");
    }).listen(0, "127.0.0.1");
    await once(ending, "listening");
    const { port: itsPort } = ending.address() as AddressInfo;
    const what = load("http keep-alive", itsPort, { connections: 1, requests: 3 });
    const [, broken, fresh] = await samplesOf(what);
    ending.close();
    assert.equal(broken?.outcome.kind, "lost");
    assert.equal(broken.pod, "pod-a");
    assert.equal(fresh?.outcome.kind, "lost");
    assert.equal(fresh.pod, undefined);
  });

  it("sends over a connection that is free rather than wait for one that is silent", async () => {
    const sockets: Socket[] = [];
    const oneSilent = createServer((request, response) => {
      if (!sockets.includes(request.socket)) sockets.push(request.socket);
      if (request.socket !== sockets[0]) response.end("pod-a");
    }).listen(0, "127.0.0.1");
    await once(oneSilent, "listening");
    const { port: itsPort } = oneSilent.address() as AddressInfo;
    const what = load("http keep-alive", itsPort, { connections: 2, requests: 8, mostUnderWay: 2 });
    const samples: Sample[] = [];
    await sendLoad(what, sendFor(what), new AbortController().signal, (sample) => {
      samples.push(sample);
      // All others were answered meanwhile.
      if (samples.length === 7) sockets[0]?.destroy();
    });
    oneSilent.close();
    oneSilent.closeAllConnections();
    assert.equal(kinds(samples).filter((kind) => kind === "lost").length, 1);
  });

  it("takes another status than 200 for a loss", async () => {
    status = 503;
    const [sample] = await samplesOf(load("http", port, { requests: 1 }));
    assert.deepEqual(sample?.outcome, { kind: "lost", reason: "/hostname answered 503" });
  });

  it("opens and closes TCP connections, and asks nothing", async () => {
    assert.deepEqual(kinds(await samplesOf(load("tcp", port, { requests: 2 }))), ["connected", "connected"]);
    assert.equal(clientPorts.size, 0);
  });

  it("names the error of a port where nobody listens, and the address", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const free = (closed.address() as AddressInfo).port;
    closed.close();
    for (const kind of ["http", "http keep-alive", "tcp"] as const) {
      const [sample] = await samplesOf(load(kind, free, { requests: 1 }));
      assert.deepEqual(sample?.outcome, { kind: "lost", reason: "ECONNREFUSED" });
      assert.equal(sample.address, "127.0.0.1");
    }
  });

  it("keeps its rate: requests start when they are due, whether or not those before were answered", async () => {
    let asked = 0;
    const waiting: ServerResponse[] = [];
    // Answers nobody before all four have asked.
    const patient = createServer((_request, response) => {
      asked += 1;
      waiting.push(response);
      if (asked >= 4) for (const each of waiting.splice(0)) each.end("pod-a");
    }).listen(0, "127.0.0.1");
    await once(patient, "listening");
    const samples = await samplesOf(load("http", (patient.address() as AddressInfo).port, { requests: 4 }));
    patient.close();
    assert.deepEqual(
      kinds(samples),
      Array.from({ length: 4 }, () => "answered"),
    );
  });

  it("ends when it is told to", async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 30);
    const samples = await samplesOf(
      load("http", port, { perSecond: 20, requests: 1000, seconds: 60 }),
      stop.signal,
    );
    assert.ok(samples.length < 100);
  });

  describe("over UDP", () => {
    const socket = createSocket("udp4");
    const seen = new Set<number>();
    before(async () => {
      socket.on("message", (message, { address, port: from }) => {
        seen.add(from);
        socket.send(message.toString() === "hostname" ? "pod-a" : `${address}:${from}`, from, address);
      });
      socket.bind(0, "127.0.0.1");
      await once(socket, "listening");
    });
    after(() => socket.close());
    beforeEach(() => {
      seen.clear();
    });

    it("is a flow for each request, or one for all", async () => {
      const udp = socket.address().port;
      assert.deepEqual(kinds(await samplesOf(load("udp", udp, { requests: 3 }))), [
        "answered",
        "answered",
        "answered",
      ]);
      assert.equal(seen.size, 3);
      seen.clear();
      const flow = await samplesOf(load("udp flow", udp, { requests: 3 }));
      assert.deepEqual(flow[0]?.outcome, { kind: "answered", pod: "pod-a", clientAddress: "127.0.0.1" });
      assert.deepEqual([kinds(flow).length, seen.size], [3, 1]);
    });

    it("loses what nobody answers, in time", async () => {
      const mute = createSocket("udp4").bind(0, "127.0.0.1");
      await once(mute, "listening");
      const [sample] = await samplesOf(
        load("udp", mute.address().port, { requests: 1, timeoutMilliseconds: 30 }),
      );
      mute.close();
      assert.deepEqual(sample?.outcome, { kind: "lost", reason: "no answer within 0.03 s" });
    });
  });
});
