import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { Screen } from "../../../../../comparison/report/terminal/screen.ts";

const plain = (columns?: number): Screen => new Screen({ colour: false, columns });
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

describe("a screen", () => {
  const long = "word ".repeat(100).trim();

  it("is as wide as the terminal, but not wider than 80 columns and not narrower than 40", () => {
    const widths = [undefined, 0, 200, 60, 10].map((columns) =>
      widest(plain(columns).hanging("", "x".repeat(200))),
    );
    assert.deepEqual(widths, [80, 80, 80, 60, 40]);
  });

  it("breaks lines between words, and indents all but the first as far as the mark", () => {
    const lines = plain(40).hanging("  - ", long).split("\n");
    assert(lines[0]?.startsWith("  - word"));
    assert(lines.slice(1).every((line) => line.startsWith("    word")));
    assert.equal(lines.join(" ").replaceAll(/\s+/g, " ").trim(), `- ${long}`);
  });

  it("breaks a word that is longer than a line", () => {
    assert.equal(plain(40).hanging("", "x".repeat(50)), `${"x".repeat(40)}\n${"x".repeat(10)}`);
  });

  it("counts the columns that a character takes, not its code units", () => {
    assert.equal(plain(40).hanging("", "宽".repeat(21)), `${"宽".repeat(20)}\n宽`);
  });

  it("shrinks a table's columns on a narrow terminal, but not those of marks", () => {
    const rows = [[{ text: long }, { text: long }, { text: "(!) [1]" }]];
    const table = plain(40).table(["left", "right", ""], [30, 30, 7], rows);
    assert.equal(widest(table), 40);
    assert.match(table, /│ \(!\) \[1\] │/);
    assert.equal(widest(plain().table(["left", "right", ""], [30, 30, 7], rows)), 77);
  });

  it("paints each line for itself, and nothing without colour", () => {
    const painted = new Screen({ colour: true }).paint("a\nb", "red", "bold");
    assert.equal(stripVTControlCharacters(painted), "a\nb");
    assert(painted.split("\n").every((line) => line.startsWith("\u001b[") && line.endsWith("m")));
    assert.equal(new Screen({ colour: true }).paint("a", undefined), "a");
    assert.equal(plain().paint("a", "red"), "a");
  });

  it("replaces characters that a terminal would obey", () => {
    assert.equal(plain().hanging("", "a\u001b[31mb\rc\u009bd\te"), "a\ufffd[31mb\ufffdc\ufffdd\ufffde");
  });
});
