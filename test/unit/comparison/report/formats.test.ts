import assert from "node:assert/strict";
import { formats } from "../../../../comparison/report/formats.ts";
import { equivalent } from "./example.ts";

describe("the formats of a comparison", function () {
  // Graphviz and esbuild start with the first page.
  this.timeout(20_000);

  it("have unique names; at least one is printed and one written to a file", () => {
    assert.equal(new Set(formats.map(({ name }) => name)).size, formats.length);
    assert.deepEqual([...new Set(formats.map(({ to }) => to))].sort(), ["file", "output"]);
  });

  const begins: Readonly<Record<string, RegExp>> = {
    json: /^\{\n {2}"schema"/,
    markdown: /^## /,
    html: /^<!doctype html>/,
    picture: /^<svg /,
  };
  for (const { name, render } of formats) {
    it(`show a whole comparison: ${name}`, async () => {
      assert.match(await render(equivalent), begins[name] ?? /^$/);
    });
  }
});
