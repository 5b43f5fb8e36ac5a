import assert from "node:assert/strict";
import { later } from "../../../../../../comparison/model/later.ts";
import { cluster, http, made, onlyGroup, service } from "./cluster.ts";

describe("names that the cloud controller manager gives", () => {
  it("to a load balancer come of the Service's uid, cut to 32 characters", () => {
    assert.equal(made(service()).loadBalancer.identity.name, "a126f6206d98946c8968d32088723ea5");
  });

  it("to a load balancer are not known before the Service has a uid", () => {
    const planned = service({ identity: { name: "web", id: "urn:pulumi:dev::p::t::web" } });
    assert.equal(made(planned).loadBalancer.identity.name, later);
  });

  it("to a target group are those of the lab's real controller", () => {
    assert.equal(onlyGroup(service()).identity.name, "k8s-loadbala-loadbala-b818805e52");
  });

  it("to a target group keep letters and digits of namespace and name, up to eight each", () => {
    const name = onlyGroup(service({ identity: { name: "w-e-b", id: "x" }, namespace: "a" })).identity.name;
    assert.match(name, /^k8s-a-web-[0-9a-f]{10}$/);
  });

  it("to a target group are not known before it has a node port", () => {
    assert.equal(onlyGroup(service({ ports: [{ ...http, nodePort: later }] })).identity.name, later);
  });

  it("to a target group are not known before the Service has a name", () => {
    assert.equal(onlyGroup(service({ identity: { name: later, id: later } })).identity.name, later);
    assert.equal(onlyGroup(service({ namespace: later })).identity.name, later);
  });

  const unclaimed = { ...cluster, subnets: cluster.subnets.map((subnet) => ({ ...subnet, tags: {} })) };
  const nameOf = (...args: Parameters<typeof service>): string => onlyGroup(service(...args)).identity.name;
  const others = {
    "cluster's id": () =>
      made(service(), { ...unclaimed, name: "prod" }).loadBalancer.pools[0]?.identity.name,
    "listener's port": () => nameOf({ ports: [{ ...http, port: 81 }] }),
    "node port": () => nameOf({ ports: [{ ...http, nodePort: 30001 }] }),
    protocol: () => nameOf({ ports: [{ ...http, protocol: "UDP" }] }),
    "health check's protocol": () => nameOf({}, { "healthcheck-protocol": "http" }),
    "health check's interval": () => nameOf({}, { "healthcheck-interval": "10" }),
  };
  for (const [what, changed] of Object.entries(others)) {
    it(`to a target group change with the ${what}`, () => {
      const name = changed();
      assert.match(name ?? "", /^k8s-loadbala-loadbala-[0-9a-f]{10}$/);
      assert.notEqual(name, nameOf());
    });
  }

  it("to a target group stay if a threshold changes", () => {
    assert.equal(nameOf({}, { "healthcheck-healthy-threshold": "5" }), nameOf());
  });

  it("to the target groups of several ports differ, and each listener forwards to its own", () => {
    const { listeners, pools } = made(
      service({
        ports: [
          { ...http, nodePort: later },
          { ...http, name: "more", port: 81, nodePort: later },
        ],
      }),
    ).loadBalancer;
    const ids = pools.map(({ identity }) => identity.id);
    assert.equal(new Set(ids).size, 2);
    assert.deepEqual(
      listeners.map(({ forwardsTo }) => forwardsTo),
      ids.map((id) => [id]),
    );
  });
});
