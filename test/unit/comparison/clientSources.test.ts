import assert from "node:assert/strict";
import fc from "fast-check";
import { areSame, contains, sourcesOf } from "../../../comparison/clientSources.ts";

const same = (a: readonly string[], b: readonly string[]): boolean => areSame(sourcesOf(a), sourcesOf(b));

describe("sources of traffic", () => {
  const equal: readonly [what: string, a: readonly string[], b: readonly string[]][] = [
    ["merged", ["10.0.0.0/8"], ["10.0.0.0/9", "10.128.0.0/9"]],
    ["doubled", ["10.0.0.0/8"], ["10.0.0.0/8", "10.0.0.0/8"]],
    ["covered", ["10.0.0.0/8"], ["10.0.0.0/8", "10.3.0.0/16"]],
    ["merged, of IPv6", ["2001:db8::/32"], ["2001:db8::/33", "2001:db8:8000::/33"]],
    ["written with bits after the prefix", ["10.0.0.0/8"], ["10.1.2.3/8"]],
    ["a group that everywhere includes", ["0.0.0.0/0"], ["0.0.0.0/0", "sg-1", "pl-1"]],
    ["everywhere in two halves", ["0.0.0.0/0"], ["0.0.0.0/1", "128.0.0.0/1"]],
  ];
  for (const [what, a, b] of equal) it(`are the same ${what}`, () => assert.ok(same(a, b)));

  const other: readonly [what: string, a: readonly string[], b: readonly string[]][] = [
    ["one address more", ["10.0.0.0/31"], ["10.0.0.0/31", "10.0.0.2/32"]],
    ["a hole between two ranges", ["10.0.0.0/8"], ["10.0.0.0/9", "10.192.0.0/10"]],
    ["another family", ["0.0.0.0/0"], ["::/0"]],
    ["everywhere of one family and of both", ["0.0.0.0/0"], ["0.0.0.0/0", "::/0"]],
    ["another group", ["sg-1"], ["sg-2"]],
    ["a prefix list besides a range", ["10.0.0.0/8"], ["10.0.0.0/8", "pl-1"]],
    ["nobody and everybody", [], ["0.0.0.0/0"]],
  ];
  for (const [what, a, b] of other) it(`are not the same with ${what}`, () => assert.ok(!same(a, b)));

  it("stay the same when any range is split into its halves", () => {
    const cidr = fc
      .record({ first: fc.nat({ max: 0xffffff }), length: fc.integer({ min: 1, max: 24 }) })
      .map(({ first, length }) => {
        const size = 2 ** (32 - length);
        const from = Math.floor((first * 256) / size) * size;
        const text = (address: number, prefix: number): string =>
          `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".")}/${prefix}`;
        return {
          whole: text(from, length),
          halves: [text(from, length + 1), text(from + size / 2, length + 1)] as const,
        };
      });
    fc.assert(
      fc.property(fc.array(cidr, { minLength: 1, maxLength: 5 }), (ranges) => {
        const whole = sourcesOf(ranges.map((range) => range.whole));
        const halves = ranges.flatMap((range) => range.halves);
        assert.ok(areSame(whole, sourcesOf(halves)));
        assert.ok(contains(whole, sourcesOf(halves.slice(1))));
      }),
    );
  });
});
