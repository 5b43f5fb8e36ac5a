import assert from "node:assert/strict";
import { table } from "../../../bench/table.ts";

describe("a table", () => {
  const text = table(
    [{ title: "way" }, { title: "ms", align: "right" }],
    [
      ["pod", "1.23"],
      ["NodePort + own NLB", "12"],
    ],
  );

  it("is readable as plain text, with aligned figures", () =>
    assert.deepEqual(text.split("\n"), [
      "| way                |   ms |",
      "| ------------------ | ---: |",
      "| pod                | 1.23 |",
      "| NodePort + own NLB |   12 |",
    ]));
});
