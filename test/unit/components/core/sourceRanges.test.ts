import assert from "node:assert/strict";
import { covers, sourceRangeProblem } from "../../../../components/core/sourceRanges.ts";

describe("a source range", () => {
  for (const range of ["0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32"]) {
    it(`may be ${range}`, () => assert.equal(sourceRangeProblem(range), undefined));
  }

  const refused: readonly [string, RegExp][] = [
    ["", /"" is not an IP range; allowed is an IPv4 range in CIDR notation, such as 203\.0\.113\.0\/24/],
    ["everybody", /"everybody" is not an IP range/],
    ["10.0.0.0", /"10\.0\.0\.0" is not an IP range/],
    ["10.0.0.0/33", /"10\.0\.0\.0\/33" is not an IP range/],
    ["10.0.0.256/24", /is not an IP range/],
    ["10/8", /"10\/8" is not an IPv4 range in four parts/],
    ["2001:db8::/32", /"2001:db8::\/32" is not an IPv4 range/],
    ["10.0.0.1/8", /"10\.0\.0\.1\/8" has bits set after its prefix; write 10\.0\.0\.0\/8/],
  ];
  for (const [range, reason] of refused) {
    it(`may not be "${range}"`, () => assert.match(sourceRangeProblem(range) ?? "", reason));
  }
});

describe("covers", () => {
  it("requires a range that is at least as wide", () => {
    assert.equal(covers(["10.0.0.0/16"], "10.0.16.0/20"), true);
    assert.equal(covers(["10.0.16.0/20"], "10.0.16.0/20"), true);
    assert.equal(covers(["10.0.16.0/21"], "10.0.16.0/20"), false);
    assert.equal(covers(["192.0.2.0/24", "10.1.0.0/16"], "10.0.16.0/20"), false);
  });

  it("ignores what is not an IPv4 range", () => {
    assert.equal(covers(["sg-1", "::/0", "10.0.0.0/16"], "10.0.16.0/20"), true);
    assert.equal(covers(["0.0.0.0/0"], "2001:db8::/32"), false);
  });
});
