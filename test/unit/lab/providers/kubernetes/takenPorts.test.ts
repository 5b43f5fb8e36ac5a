import assert from "node:assert/strict";
import { Api } from "../../../../../lab/providers/kubernetes/api.ts";
import { ApiError, type Request } from "../../../../../lab/providers/kubernetes/client.ts";
import { ownersOfTakenPorts } from "../../../../../lab/providers/kubernetes/takenPorts.ts";
import type { Properties } from "../../../../../lab/providers/values.ts";

const kind = { apiVersion: "v1", kind: "Service" };
const refusal = (...causes: string[]): ApiError =>
  new ApiError(422, "Invalid", `Service "nodeport" is invalid: [${causes.join(", ")}]`);
const portTaken = (port: number): string =>
  `spec.ports[0].nodePort: Invalid value: ${port}: provided port is already allocated`;

const services: Properties[] = [
  { metadata: { namespace: "web", name: "headless" }, spec: { clusterIP: "None" } },
  { metadata: { namespace: "ops", name: "squatter" }, spec: { ports: [{ port: 80, nodePort: 30090 }] } },
  { metadata: { namespace: "ops", name: "local" }, spec: { ports: [], healthCheckNodePort: 30091 } },
];

/** @param asked filled with the paths that are asked for */
function api(list: () => Properties[], asked: string[] = []): Api {
  return new Api({
    namespace: "default",
    request: ({ path }: Request) => {
      asked.push(path);
      return path === "/api/v1"
        ? Promise.resolve({ resources: [{ name: "services", kind: "Service", namespaced: true }] })
        : Promise.resolve().then(() => ({ items: list() }));
    },
  });
}

describe("a refusal of a node port", () => {
  it("names the Service that has it, whatever the port is for", async () => {
    const asked: string[] = [];
    const health =
      "failed to allocate requested HealthCheck NodePort 30091: provided port is already allocated";
    const error = refusal(portTaken(30090), health);
    assert.equal(
      await ownersOfTakenPorts(
        api(() => services, asked),
        kind,
        error,
      ),
      "; Service ops/squatter has node port 30090; Service ops/local has node port 30091",
    );
    assert.deepEqual(asked, ["/api/v1", "/api/v1/services"]);
  });

  it("stays as it is if no Service shows the port, or the Services cannot be read", async () => {
    const denied = (): never => {
      throw new ApiError(403, "Forbidden", "no");
    };
    for (const list of [() => [], denied])
      assert.equal(await ownersOfTakenPorts(api(list), kind, refusal(portTaken(30090))), "");
  });

  it("is the only one for which Services are read", async () => {
    const asked: string[] = [];
    const others = [
      refusal("spec.ports: Required value"),
      refusal("spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range"),
      new Error("30090: provided port is already allocated"),
    ];
    for (const error of others)
      assert.equal(
        await ownersOfTakenPorts(
          api(() => services, asked),
          kind,
          error,
        ),
        "",
      );
    assert.deepEqual(asked, []);
  });
});
