import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { Screen } from "../../../../../comparison/report/terminal/screen.ts";

const plain = (columns?: number): Screen => new Screen({ colour: false, columns });
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

describe("a screen", () => {
  const long = "word ".repeat(30).trim();

  it("is as wide as the terminal, between 40 and 80 columns", () => {
    const widths = [undefined, 0, 200, 60, 10].map((columns) =>
      widest(plain(columns).hanging("", "x".repeat(200))),
    );
    assert.deepEqual(widths, [80, 80, 80, 60, 40]);
  });

  it("wraps between words, and indents all lines but the first by the width of the mark", () => {
    const lines = plain(40).hanging("  - ", long).split("\n");
    assert(lines[0]?.startsWith("  - word"));
    assert(lines.slice(1).every((line) => line.startsWith("    word")));
    assert.equal(lines.join(" ").replaceAll(/\s+/g, " ").trim(), `- ${long}`);
  });

  it("breaks words that are longer than a line", () => {
    assert.equal(plain(40).hanging("", "x".repeat(50)), `${"x".repeat(40)}\n${"x".repeat(10)}`);
  });

  it("counts the columns of wide characters", () => {
    assert.equal(plain(40).hanging("", "宽".repeat(21)), `${"宽".repeat(20)}\n宽`);
  });

  it("shrinks the columns of a table on a narrow terminal, except those of marks", () => {
    const rows = [[{ text: long }, { text: long }, { text: "(!) [1]" }]];
    const table = plain(40).table(["left", "right", ""], [30, 30, 7], rows);
    assert.equal(widest(table), 40);
    assert.match(table, /│ \(!\) \[1\] │/);
    assert.equal(widest(plain().table(["left", "right", ""], [30, 30, 7], rows)), 77);
  });

  it("paints each line separately, and nothing without colour", () => {
    const painted = new Screen({ colour: true }).paint("a\nb", "red", "bold");
    assert.equal(stripVTControlCharacters(painted), "a\nb");
    assert(painted.split("\n").every((line) => line.startsWith("\u001b[") && line.endsWith("m")));
    assert.equal(new Screen({ colour: true }).paint("a", undefined), "a");
    assert.equal(plain().paint("a", "red"), "a");
  });

  it("replaces control characters", () => {
    assert.equal(plain().hanging("", "a\u001b[31mb\rc\u009bd\te"), "a\ufffd[31mb\ufffdc\ufffdd\ufffde");
  });
});
