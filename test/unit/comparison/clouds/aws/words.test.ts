import assert from "node:assert/strict";
import { aws } from "../../../../../comparison/clouds/aws/index.ts";

describe("what a report on AWS says that it does not compare", () => {
  it("is what of IPv6 has no source, and not IPv6, whose addresses and prefixes are compared", () => {
    const [, ofIpv6] = /of IPv6 (.+)\.$/.exec(aws.words.notLookedAt) ?? [];
    assert.equal(ofIpv6, "the name's AAAA records, kube-proxy's rules and requests");
  });
});
