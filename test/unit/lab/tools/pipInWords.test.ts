import assert from "node:assert/strict";
import { pipInWords } from "../../../../lab/tools/python.ts";

describe("what pip is at, in words", () => {
  it("is downloading, building and installing, and nothing of its other lines", () => {
    const lines = [
      "Looking in links: /wheels",
      "Collecting alembic==1.20.1 (from -r requirements.txt (line 1))",
      "  Downloading alembic-1.20.1-py3-none-any.whl (253 kB)",
      "Building wheels for collected packages: ovs, simplegeneric",
      "Installing collected packages: wcwidth, alembic",
      "Successfully installed alembic-1.20.1 amqp-5.4.2",
    ];
    assert.deepEqual(
      lines.flatMap((line) => pipInWords(line) ?? []),
      ["downloading alembic", "building ovs, simplegeneric", "installing what was downloaded"],
    );
  });
});
