import assert from "node:assert/strict";
import { service, type Readiness } from "../../../../../lab/providers/kubernetes/readiness.ts";
import type { Properties } from "../../../../../lab/providers/values.ts";

const selecting = (spec: Properties = {}, ingress: Properties[] = []): Properties => ({
  kind: "Service",
  spec: { type: "NodePort", selector: { app: "echo" }, ...spec },
  status: { loadBalancer: { ingress } },
});
const slice = (...conditions: Properties[]): Properties => ({
  endpoints: conditions.map((each, index) => ({ addresses: [`10.0.0.${index}`], conditions: each })),
});

describe("a Service", () => {
  it("is ready when all pods that it selects are", () => {
    const [ready, unready] = [{ ready: true }, { ready: false }];
    assert.deepEqual(service(selecting(), [slice(ready, ready)]), { ready: true });
    assert.equal(service(selecting(), [slice(ready, unready)]).ready, false);
    assert.equal(service(selecting(), [slice(ready), slice(unready)]).ready, false);
  });

  it("does not wait for pods that end", () => {
    const ending = { ready: false, terminating: true };
    assert.deepEqual(service(selecting(), [slice({ ready: true }, ending)]), { ready: true });
  });

  it("settles without pods, once the endpoints controller has seen it", () => {
    const settling = (state: Readiness) => (state.ready ? undefined : state.settles);
    assert.deepEqual(settling(service(selecting(), [slice()])), { seen: "[]" });
    assert.deepEqual(settling(service(selecting(), [])), { seen: undefined });
    assert.equal(settling(service(selecting(), [slice({ ready: false })])), undefined);
  });

  it("of type LoadBalancer waits for its address, with pods and without", () => {
    const type = { type: "LoadBalancer" };
    for (const slices of [[slice({ ready: true })], [slice()]]) {
      const state = service(selecting(type), slices);
      assert.equal(state.ready ? "" : state.progress, "waiting for the load balancer's address");
    }
    const address = [{ hostname: "a.example.com" }];
    assert.deepEqual(service(selecting(type, address), [slice({ ready: true })]), { ready: true });
  });

  it("that selects no pods, is headless or is an alias waits for none", () => {
    for (const spec of [{ selector: {} }, { clusterIP: "None" }, { type: "ExternalName" }])
      assert.deepEqual(service(selecting(spec), []), { ready: true });
  });
});
