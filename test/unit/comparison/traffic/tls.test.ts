/** TLS over loopback, to a server that answers as agnhost netexec does behind a listener. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { askByTls } from "../../../../comparison/traffic/tls.ts";
import type { TlsQuestion } from "../../../../comparison/traffic/tls.ts";
import { selfSigned } from "../../../../lab/selfSigned.ts";

describe("a client that speaks TLS", () => {
  let port = 0;
  const server = createServer({ ALPNProtocols: ["http/1.1"], minVersion: "TLSv1.2" }, (request, response) => {
    response.end(request.url === "/hostname" ? "pod-a" : "198.51.100.10:1234");
  });

  before(async () => {
    const [first, other] = await Promise.all(
      ["first.example", "other.example"].map((host) => selfSigned(host, [{ type: "dns", value: host }])),
    );
    assert.ok(first !== undefined && other !== undefined);
    server.setSecureContext({ cert: first.certificate, key: first.key, minVersion: "TLSv1.2" });
    server.addContext("other.example", createSecureContext({ cert: other.certificate, key: other.key }));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());

  const ask = (question: Partial<TlsQuestion> = {}) =>
    askByTls({
      host: "127.0.0.1",
      port,
      protocols: ["h2", "http/1.1"],
      newestVersion: "TLSv1.3",
      timeoutMilliseconds: 5000,
      ...question,
    });

  it("tells what it is served for the host that it asks for, and who answered", async () => {
    const answer = {
      kind: "answered",
      version: "TLSv1.3",
      protocol: "http/1.1",
      pod: "pod-a",
      clientAddress: "198.51.100.10",
    };
    assert.deepEqual(await ask({ name: "other.example" }), { ...answer, certificate: "other.example" });
    assert.deepEqual(await ask({ name: "unknown.example" }), { ...answer, certificate: "first.example" });
    assert.deepEqual(await ask(), { ...answer, certificate: "first.example" });
  });

  it("has no later version than it is told, and is refused if that is too old", async () => {
    const answer = await ask({ newestVersion: "TLSv1.2" });
    assert.equal(answer.kind === "answered" && answer.version, "TLSv1.2");
    assert.deepEqual(await ask({ newestVersion: "TLSv1.1" }), { kind: "refused" });
  });

  it("fails where nobody listens, which is no refusal", async () => {
    await assert.rejects(() => ask({ port: 1 }), /ECONNREFUSED/);
  });

  it("tells that no protocol was chosen", async () => {
    const answer = await ask({ protocols: [] });
    assert.equal(answer.kind === "answered" && answer.protocol, null);
  });
});
