import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { behindNoDoorTag, chooseLoadBalancer } from "../../../../lab/forward/choose.ts";
import type { Candidate } from "../../../../lab/forward/choose.ts";

const candidate = (dnsName: string, day: number, over: Partial<Candidate> = {}): Candidate => ({
  dnsName,
  createdTime: new Date(Date.UTC(2026, 0, day)),
  tagKeys: [],
  ports: [80],
  ...over,
});
const byController = { tagKeys: ["kubernetes.io/service-name"] };

describe("the load balancer behind a door", () => {
  it("is told apart by the tag that the cloud controller sets", () => {
    const both = [candidate("own", 1), candidate("controller", 2, byController)];
    assert.equal(chooseLoadBalancer("nodePort", both)?.dnsName, "own");
    assert.equal(chooseLoadBalancer("loadBalancer", both)?.dnsName, "controller");
  });

  it("is the oldest of its kind", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("new", 2), candidate("old", 1)])?.dnsName, "old");
  });

  it("is none that is tagged to be behind no door, however old it is", () => {
    const tagged = candidate("old", 1, { tagKeys: [behindNoDoorTag] });
    assert.equal(chooseLoadBalancer("nodePort", [tagged, candidate("new", 2)])?.dnsName, "new");
    const tagKeys = [...byController.tagKeys, behindNoDoorTag];
    assert.equal(chooseLoadBalancer("loadBalancer", [candidate("old", 1, { tagKeys })]), undefined);
  });

  it("is reached at its lowest TCP port", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("own", 1, { ports: [8443, 80] })])?.port, 80);
  });

  it("is none that does not listen, and none where there is none", () => {
    assert.equal(chooseLoadBalancer("nodePort", [candidate("mute", 1, { ports: [] })]), undefined);
    assert.equal(chooseLoadBalancer("loadBalancer", [candidate("own", 1)]), undefined);
  });
});
