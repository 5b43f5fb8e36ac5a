import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKubeconfig } from "../../../../../comparison/sources/kubernetes/kubeconfig.ts";
import { getRaw } from "../../../../../comparison/sources/kubernetes/raw.ts";
import { kubernetesReader } from "../../../../../comparison/sources/kubernetes/reader.ts";
import { localhostCertificate } from "../../../../../lab/tools/localhostCertificate.ts";
import type { ServerCertificate } from "../../../../../lab/tools/localhostCertificate.ts";
import { unheeded } from "../clients.ts";

describe("connections to the API server", () => {
  let server: Server;
  let connections = 0;
  let directory: string;
  let kubeconfig: string;
  let pair: ServerCertificate;
  before(async () => {
    pair = await localhostCertificate();
  });
  beforeEach(async () => {
    const { certificate, key } = pair;
    connections = 0;
    server = createServer({ cert: certificate, key }, (request, response) => {
      assert.equal(request.headers.authorization, "Bearer secret");
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ items: [] }));
    });
    server.on("secureConnection", () => (connections += 1));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    directory = mkdtempSync(join(tmpdir(), "kept-connections-"));
    kubeconfig = join(directory, "config");
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        clusters: [
          {
            name: "c",
            cluster: {
              server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
              "certificate-authority-data": Buffer.from(certificate).toString("base64"),
            },
          },
        ],
        users: [{ name: "u", user: { token: "secret" } }],
        contexts: [{ name: "one", context: { cluster: "c", user: "u" } }],
        "current-context": "one",
      }),
    );
  });
  afterEach(async () => {
    rmSync(directory, { recursive: true });
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  const load = () => loadKubeconfig(kubeconfig);
  const reader = kubernetesReader(load);

  it("serve one request after the other, whoever asks", async () => {
    await reader.nodes(unheeded);
    await reader.services(unheeded);
    await getRaw(load(), "/metrics", 5);
    assert.equal(connections, 1);
  });

  it("are as many as there are requests at the same time", async () => {
    await Promise.all([reader.nodes(unheeded), reader.services(unheeded)]);
    assert.equal(connections, 2);
  });

  it("are opened anew when the server has closed them", async () => {
    const clients: Socket[] = [];
    const add = (message: unknown) =>
      clients.push((message as { response: { socket: Socket } }).response.socket);
    subscribe("http.client.response.finish", add);
    await reader.nodes(unheeded);
    unsubscribe("http.client.response.finish", add);
    const closed = Promise.all(clients.map((client) => once(client, "close")));
    server.closeAllConnections();
    assert.equal((await closed).length, 1);
    assert.deepEqual(await reader.nodes(unheeded), []);
    assert.equal(connections, 2);
  });
});
