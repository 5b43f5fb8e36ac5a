import assert from "node:assert/strict";
import { costChart } from "../../../../../comparison/report/html/chart.ts";
import { equivalent } from "../example.ts";

describe("the cost chart", () => {
  const { byServices } = equivalent.cost;

  it("marks each number of Services on both lines, with a different shape on each", () => {
    const { text } = costChart(byServices);
    assert.equal(text.match(/<circle/g)?.length, byServices.length);
    assert.equal(text.match(/<rect/g)?.length, byServices.length);
  });

  it("draws higher costs higher, and more Services further right", () => {
    const { text } = costChart(byServices);
    const marks = [...text.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const rising = marks.every(([x = 0, y = 0], index) => {
      const [lastX = -1, lastY = Infinity] = marks[index - 1] ?? [];
      return x > lastX && y < lastY;
    });
    assert(rising, JSON.stringify(marks));
  });

  it("draws no marks and no invalid numbers without data", () => {
    const { text } = costChart([]);
    assert.doesNotMatch(text, /NaN|Infinity|<circle/);
  });
});
