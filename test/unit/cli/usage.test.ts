import assert from "node:assert/strict";
import { hintText, usageText } from "../../../cli/usage.ts";

describe("a help text", () => {
  it("has the call, paragraphs, and tables with their meanings in one column", () => {
    const text = usageText({
      command: "npm run shop",
      args: "-- NAME",
      about: ["Opens a shop."],
      tables: { Names: [["books", "a bookshop"]] },
      options: [["--json", "print JSON"]],
      examples: [["npm run shop -- books --json", "open a bookshop"]],
      exitCodes: [["0", "open"]],
    });
    assert.equal(
      text,
      `Usage: npm run shop -- NAME

Opens a shop.

Names:
  books  a bookshop

Options:
  --json      print JSON
  -h, --help  show this help

Examples:
  npm run shop -- books --json
      open a bookshop

Exit codes:
  0    open
  130  stopped by Ctrl-C`,
    );
  });

  it("is short after a wrong call, and says where the long one is", () => {
    const usage = { about: [], examples: [], exitCodes: [] };
    assert.equal(
      hintText({ command: "npm run shop", args: "-- NAME", ...usage }),
      "Usage: npm run shop -- NAME\nFor help: npm run shop -- --help",
    );
    assert.match(hintText({ command: "npm start", ...usage }), /^Usage: npm start\n/);
  });

  it("fits into 80 columns", () => {
    const long = "word ".repeat(40).trim();
    const text = usageText({
      command: "npm run shop",
      about: [long],
      options: [["--name NAME", long]],
      examples: [["npm run shop", long]],
      exitCodes: [["0", long]],
    });
    assert.equal(Math.max(...text.split("\n").map((line) => line.length)), 80);
  });
});
