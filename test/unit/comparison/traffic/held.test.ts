import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { askTwice, bodyOf, slowPath } from "../../../../comparison/traffic/held.ts";
import type { Load } from "../../../../comparison/traffic/load.ts";

/** A pod's web server, and how often somebody connected to it. */
class FakePod {
  readonly paths: string[] = [];
  readonly sockets = new Set<Socket>();
  /** Called after each response. */
  answered: (url: string) => void = () => undefined;
  readonly server: Server = createServer(({ url = "" }, response) => {
    this.paths.push(url);
    response.end(url === "/clientip" ? "198.51.100.10:40000" : url === "/hostname" ? "pod-a" : "{}");
    this.answered(url);
  }).on("connection", (socket: Socket) => this.sockets.add(socket));

  async load(): Promise<Load> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const { port } = this.server.address() as AddressInfo;
    const asked = { id: "held", kind: "http idle", host: "name", perSecond: 1, seconds: 1 } as const;
    return { ...asked, port, holdSeconds: 0.05, timeoutMilliseconds: 5000 };
  }
}

describe("a connection that is held", () => {
  let pod: FakePod;
  beforeEach(() => {
    pod = new FakePod();
  });
  afterEach(() => {
    pod.server.close();
    pod.server.closeAllConnections();
  });
  const never = new AbortController().signal;

  it("asks before and after the silence over one and the same connection", async () => {
    const sample = await askTwice("idle", await pod.load(), "127.0.0.1", never);
    assert.deepEqual(sample, {
      address: "127.0.0.1",
      pod: "pod-a",
      outcome: { kind: "answered", pod: "pod-a", clientAddress: "198.51.100.10" },
    });
    assert.deepEqual(pod.paths, ["/hostname", "/clientip", "/hostname"]);
    assert.equal(pod.sockets.size, 1);
  });

  it("is lost if it is closed during the silence, and says whose it was", async () => {
    const load = await pod.load();
    const asking = askTwice("idle", { ...load, holdSeconds: 0.06 }, "127.0.0.1", never);
    pod.answered = (url) => {
      if (url === "/clientip") setTimeout(() => pod.sockets.forEach((socket) => socket.destroy()), 20);
    };
    await assert.rejects(asking, { code: "ECONNRESET", pod: "pod-a", address: "127.0.0.1" });
    assert.equal(pod.sockets.size, 1);
  });

  it("waits for a slow answer", async () => {
    await askTwice("slow", { ...(await pod.load()), holdSeconds: 12 }, "127.0.0.1", never);
    assert.equal(pod.paths.at(-1), slowPath(12));
    assert.match(slowPath(12), /tries=3$/);
  });

  it("gives up when it is told to", async () => {
    const load = { ...(await pod.load()), holdSeconds: 60 };
    await assert.rejects(askTwice("idle", load, "127.0.0.1", AbortSignal.timeout(50)));
  });

  it("takes a response for whole only with its whole body", () => {
    const head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    assert.equal(bodyOf("HTTP/1.1 200 OK\r\nContent-"), undefined);
    assert.equal(bodyOf(`${head}pod-`), undefined);
    assert.equal(bodyOf(`${head}pod-a`), "pod-a");
  });
});
