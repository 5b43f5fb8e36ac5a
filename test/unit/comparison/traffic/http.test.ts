import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { httpTransport, keptAnswers } from "../../../../comparison/traffic/http.ts";

describe("the HTTP transport", () => {
  let connections = 0;
  const server = createServer((request, response) => {
    if (request.url === "/clientip")
      response.end(`${request.socket.remoteAddress ?? ""}:${request.socket.remotePort ?? 0}`);
    else if (request.url === "/hostname") response.end("pod-1");
    else if (request.url === "/silent") return;
    else response.writeHead(503).end("no");
  });
  server.on("connection", () => (connections += 1));
  let url = "";

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => (connections = 0));

  const never = () => new AbortController().signal;

  it("asks all paths over one connection, and opens a new one each time", async () => {
    const transport = httpTransport(url);
    const [pod, client] = await transport(["/hostname", "/clientip"], never());
    assert.equal(pod, "pod-1");
    assert.match(client!, /^127\.0\.0\.1:\d+$/);
    assert.equal(connections, 1);
    await transport(["/hostname", "/clientip"], never());
    assert.equal(connections, 2);
  });

  it("rejects an answer other than 200", async () => {
    await assert.rejects(httpTransport(url)(["/broken"], never()), /\/broken answered 503/);
  });

  it("rejects when there is no answer in time", async () => {
    await assert.rejects(httpTransport(url)(["/silent"], AbortSignal.timeout(50)));
  });

  it("rejects a refused connection", async () => {
    await assert.rejects(httpTransport("http://127.0.0.1:1")(["/hostname"], never()), /ECONNREFUSED/);
  });

  it("rejects a name that the resolver does not know", async () => {
    const transport = httpTransport("http://name.invalid", "127.0.0.1:1");
    await assert.rejects(transport(["/hostname"], never()), /ECONNREFUSED/);
  });
});

describe("kept answers", () => {
  const address = (text: string, ttl: number) => ({ address: text, ttl });

  it("are used for the shortest time to live among them, by all that ask meanwhile", async () => {
    let now = 0;
    let asked = 0;
    const find = keptAnswers(
      () => Promise.resolve([address("198.51.100.1", 60), address(`198.51.100.${(asked += 1) + 1}`, 2)]),
      () => now,
    );
    const second = async () => (await find("shop.example.com"))[1]?.address;
    assert.deepEqual(await Promise.all([second(), second()]), ["198.51.100.2", "198.51.100.2"]);
    now = 1999;
    assert.equal(await second(), "198.51.100.2");
    now = 2000;
    assert.equal(await second(), "198.51.100.3");
    assert.equal(asked, 2);
  });

  it("are not failures", async () => {
    let asked = 0;
    const find = keptAnswers(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error("no answer")) : Promise.resolve([address("::1", 60)]);
    });
    await assert.rejects(find("shop.example.com"), /no answer/);
    assert.equal((await find("shop.example.com")).length, 1);
  });
});
