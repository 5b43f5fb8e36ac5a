import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { check } from "../../../../../../lab/clouds/aws/balancer/check.ts";
import type { CheckTarget } from "../../../../../../lab/clouds/aws/balancer/check.ts";

describe("a health check", () => {
  const asked: (string | undefined)[] = [];
  let server: Server;
  let target: CheckTarget;

  before(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.url ?? ""} of ${request.headers.host ?? ""}`);
      if (request.url !== "/slow") response.writeHead(request.url === "/busy" ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    target = {
      from: "127.0.0.1",
      listenerPort: 8080,
      address: "127.0.0.1",
      port,
      protocol: "HTTP",
      path: "/healthz",
      matcher: "200-399",
    };
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("names the load balancer's address and the listener's port in its Host header", async () => {
    assert.equal(await check(target, 1000), true);
    assert.deepEqual(asked, ["/healthz of 127.0.0.1:8080"]);
  });

  it("fails after the time-out, on a refused connection and on a code that does not match", async () => {
    assert.equal(await check({ ...target, path: "/slow" }, 50), false);
    assert.equal(await check({ ...target, path: "/busy" }, 1000), false);
    assert.equal(await check({ ...target, path: "/busy", matcher: "503" }, 1000), true);
    assert.equal(await check({ ...target, port: 1 }, 1000), false);
    assert.equal(await check({ ...target, port: 1, protocol: "TCP" }, 1000), false);
    assert.equal(await check({ ...target, protocol: "TCP" }, 1000), true);
  });
});
