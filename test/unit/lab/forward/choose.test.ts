import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { EntryCandidate } from "../../../../lab/clouds/cloud.ts";
import { chooseLoadBalancer } from "../../../../lab/forward/choose.ts";

const candidate = (host: string, day: number, over: Partial<EntryCandidate> = {}): EntryCandidate => ({
  host,
  createdTime: new Date(Date.UTC(2026, 0, day)),
  madeByController: false,
  isHidden: false,
  ports: [80],
  ...over,
});
const byController = { madeByController: true };

describe("the load balancer behind a port of the host", () => {
  it("is recognised by its maker", () => {
    const both = [candidate("own", 1), candidate("controller", 2, byController)];
    assert.equal(chooseLoadBalancer("nodePort", both)?.host, "own");
    assert.equal(chooseLoadBalancer("loadBalancer", both)?.host, "controller");
  });

  it("is the oldest of its kind", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("new", 2), candidate("old", 1)])?.host, "old");
  });

  it("is never a hidden one, however old it is", () => {
    const hidden = candidate("old", 1, { isHidden: true });
    assert.equal(chooseLoadBalancer("nodePort", [hidden, candidate("new", 2)])?.host, "new");
    assert.equal(
      chooseLoadBalancer("loadBalancer", [candidate("old", 1, { ...byController, isHidden: true })]),
      undefined,
    );
  });

  it("is reached at its lowest TCP port", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("own", 1, { ports: [8443, 80] })])?.port, 80);
  });

  it("is none that does not listen, and none where there is none", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("mute", 1, { ports: [] })]), undefined);
    assert.equal(chooseLoadBalancer("loadBalancer", [candidate("own", 1)]), undefined);
  });
});
