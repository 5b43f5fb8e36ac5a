import assert from "node:assert/strict";
import {
  int32,
  keyValues,
} from "../../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";

describe("how the AWS Load Balancer Controller reads a list of pairs", () => {
  const cases: readonly [string, string, Record<string, string> | undefined][] = [
    ["pairs with blanks", " a = 1 , b=2", { a: "1", b: "2" }],
    ["a value with an equals sign", "a=b=c", { a: "b=c" }],
    ["an empty value", "a=,b=2", { a: "", b: "2" }],
    ["an escaped comma", String.raw`a=1\,2,b=3`, { a: "1,2", b: "3" }],
    ["a comma at the end, which is part of the value", "a=1,", { a: "1," }],
    ["nothing", "", {}],
    ["an item without an equals sign", "a", undefined],
    ["an item without an equals sign at the end", "a=1,b", undefined],
    ["a pair without a key", "=1", undefined],
  ];
  for (const [what, text, pairs] of cases) {
    it(`with ${what}`, () => {
      assert.deepEqual(keyValues(text), pairs);
    });
  }
});

describe("how the AWS Load Balancer Controller reads a number", () => {
  for (const [text, number] of [
    ["10", 10],
    ["+10", 10],
    ["-1", -1],
    ["2147483648", undefined],
    ["1.5", undefined],
    ["", undefined],
  ] as const) {
    it(`"${text}" is ${String(number)}`, () => {
      assert.equal(int32(text), number);
    });
  }
});
