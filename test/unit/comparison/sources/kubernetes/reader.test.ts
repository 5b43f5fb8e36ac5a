import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiException, KubeConfig } from "@kubernetes/client-node";
import { kubernetesReader } from "../../../../../comparison/sources/kubernetes/reader.ts";
import { plain } from "../account.ts";
import { unheeded } from "../clients.ts";

describe("reading the Kubernetes API", () => {
  let server: Server | undefined;
  afterEach(async () => {
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    server = undefined;
  });

  async function serving(answer: RequestListener): Promise<KubeConfig> {
    server = createServer(answer).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: "test", server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: "test" },
    );
    return config;
  }

  it("asks for the Service, its slices, all Services, all nodes and the version", async () => {
    const asked: (string | undefined)[] = [];
    const config = await serving(({ url }, response) => {
      asked.push(url);
      response.setHeader("Content-Type", "application/json");
      response.end(
        JSON.stringify(
          url?.includes("/services/") === true
            ? { metadata: { name: "plain" } }
            : { items: [], gitVersion: "v1.35.4" },
        ),
      );
    });
    const reader = kubernetesReader(() => config);
    assert.equal((await reader.service(plain, unheeded))?.metadata?.name, "plain");
    assert.deepEqual(await reader.endpointSlices(plain, unheeded), []);
    assert.deepEqual(await reader.services(unheeded), []);
    assert.deepEqual(await reader.nodes(unheeded), []);
    assert.equal(await reader.version(unheeded), "v1.35.4");
    assert.deepEqual(asked, [
      "/api/v1/namespaces/web/services/plain",
      "/apis/discovery.k8s.io/v1/namespaces/web/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dplain",
      "/api/v1/services",
      "/api/v1/nodes",
      "/version",
    ]);
  });

  it("has no Service where the API knows none", async () => {
    const config = await serving((_, response) => {
      response
        .writeHead(404, { "Content-Type": "application/json" })
        .end(JSON.stringify({ kind: "Status", code: 404 }));
    });
    assert.equal(await kubernetesReader(() => config).service(plain, unheeded), undefined);
  });

  it("passes on every other refusal", async () => {
    const config = await serving((_, response) => {
      response
        .writeHead(403, { "Content-Type": "application/json" })
        .end(JSON.stringify({ kind: "Status", code: 403 }));
    });
    await assert.rejects(kubernetesReader(() => config).service(plain, unheeded), (error) => {
      assert.ok(error instanceof ApiException);
      assert.equal(error.code, 403);
      return true;
    });
  });

  it("ends a request when its time is up", async () => {
    const time = new AbortController();
    const config = await serving(() => time.abort());
    await assert.rejects(kubernetesReader(() => config).nodes(time.signal), { name: "AbortError" });
  });
});
