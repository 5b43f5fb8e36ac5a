import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import { nodePortOwners, takenNodePorts } from "../../../../comparison/sources/takenNodePorts.ts";
import type { NodePortOwner } from "../../../../comparison/sources/takenNodePorts.ts";

const owner = (name: string, nodePort: number, changes: Partial<NodePortOwner> = {}): NodePortOwner => ({
  name,
  nodePorts: [nodePort],
  isBeingDeleted: false,
  ...changes,
});
const wanted = [{ name: "nodeport", nodePorts: [30080, 30081] }];
const taken = (owners: NodePortOwner[], own: Record<string, string> = {}) =>
  takenNodePorts(wanted, owners, own);

describe("a node port that a program fixes", () => {
  it("is free if no Service has it", () => {
    assert.deepEqual(taken([owner("shop/other", 30082)]), []);
  });

  it("is taken by another Service, which is named with the remedy", () => {
    assert.deepEqual(taken([owner("shop/web", 30081)]), [
      'node port 30081 of the Service "nodeport" is taken by the Service shop/web; choose another in ports[].nodePorts, or delete that Service',
    ]);
  });

  it("is taken by another Service's health checks", () => {
    assert.match(
      taken([owner("shop/web", 30090, { healthCheckNodePort: 30080 })]).join(),
      /^node port 30080 .* shop\/web, as its healthCheckNodePort; /,
    );
  });

  it("is taken until a Service that is being deleted is gone", () => {
    assert.match(
      taken([owner("shop/web", 30080, { isBeingDeleted: true })]).join(),
      /, or wait until that Service, which is being deleted, is gone$/,
    );
  });

  it("may be its own Service's already", () => {
    assert.deepEqual(taken([owner("shop/a", 30080)], { nodeport: "shop/a" }), []);
  });

  it("cannot move from another Service of the program in one update", () => {
    assert.match(
      taken([owner("shop/a", 30080)], { loadbalancer: "shop/a" }).join(),
      /, or free it in one update and use it in the next: Kubernetes refuses a node port that is in use$/,
    );
  });
});

describe("the owners of node ports", () => {
  it("are all Services of the cluster, with the ports that they have", async () => {
    const items = [
      {
        metadata: { namespace: "shop", name: "web", deletionTimestamp: "2026-11-29T12:00:00Z" },
        spec: { ports: [{ port: 80, nodePort: 30080 }, { port: 81 }], healthCheckNodePort: 30090 },
      },
      { metadata: { namespace: "shop", name: "inside" }, spec: { ports: [{ port: 80 }] } },
    ];
    const server = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({ kind: "ServiceList", items: request.url === "/api/v1/services" ? items : [] }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const config = new KubeConfig();
      const { port } = server.address() as AddressInfo;
      config.loadFromClusterAndUser(
        { name: "c", server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
        { name: "u" },
      );
      assert.deepEqual(await nodePortOwners(config), [
        { name: "shop/web", nodePorts: [30080], healthCheckNodePort: 30090, isBeingDeleted: true },
        { name: "shop/inside", nodePorts: [], isBeingDeleted: false },
      ]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
