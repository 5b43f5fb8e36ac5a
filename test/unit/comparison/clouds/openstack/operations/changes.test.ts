import assert from "node:assert/strict";
import { changed } from "../../../../../../comparison/clouds/openstack/operations/changes.ts";
import { fakeApi } from "./fakeApi.ts";

/** A load balancer with these statuses, one at each look. */
const withStatuses = (...statuses: readonly string[]) => {
  const left = [...statuses];
  return {
    "v2/lbaas/loadbalancers": () => [
      { id: "other", provisioning_status: "ACTIVE" },
      { id: "lb-1", provisioning_status: left.length > 1 ? left.shift() : left[0] },
    ],
  };
};
const atOnce = () => Promise.resolve();

describe("a change of a load balancer of Octavia", () => {
  const change = async (statuses: readonly string[], refusals: readonly number[] = []) => {
    const { api, asked } = fakeApi(withStatuses(...statuses), refusals);
    await changed(api, "lb-1", () => api.ask("DELETE", "load-balancer", "listener"), atOnce);
    return asked;
  };

  it("is over when the load balancer is active again", async () => {
    assert.deepEqual(await change(["PENDING_UPDATE", "PENDING_UPDATE", "ACTIVE"]), ["DELETE listener"]);
  });

  it("is asked for again while an earlier one is under way", async () => {
    assert.deepEqual(await change(["ACTIVE"], [409, 409]), ["DELETE listener"]);
  });

  it("fails if Octavia refuses it for another reason", async () => {
    await assert.rejects(change(["ACTIVE"], [404]), /refused with 404/);
  });

  it("fails if the load balancer is in ERROR, or gone", async () => {
    await assert.rejects(change(["PENDING_UPDATE", "ERROR"]), /lb-1 is ERROR after the change/);
    const { api } = fakeApi({});
    await assert.rejects(
      changed(api, "lb-1", () => Promise.resolve(), atOnce),
      /lb-1 is gone after the change/,
    );
  });

  it("fails if it is never over", async () => {
    await assert.rejects(change(["PENDING_UPDATE"]), /lb-1 is not ACTIVE 120 s after the change/);
    await assert.rejects(change(["ACTIVE"], Array<number>(700).fill(409)), /refused with 409/);
  });
});
