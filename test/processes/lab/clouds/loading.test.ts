import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../../../..");

describe("the clouds of the lab", () => {
  it("cost nothing until a lab runs: the list loads no SDK", () => {
    const hook = `import { writeSync } from "node:fs";
      export function load(url, context, next) {
        if (/aws-sdk|@smithy|grpc/.test(url)) writeSync(1, url + "\\n");
        return next(url, context);
      }`;
    const [list, connected] = ["lab/clouds/index.ts", "lab/clouds/aws/connected.ts"].map((module) =>
      JSON.stringify(join(checkout, module)),
    );
    const program = `import { writeSync } from "node:fs";
      import { register } from "node:module";
      import { importable } from "./loading/load.mjs";
      register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});
      await import(importable(${list}));
      writeSync(1, "the list is loaded\\n");
      await import(importable(${connected}));`;
    const args = ["--input-type=module", "--eval", program];
    const lines = execFileSync(process.execPath, args, { cwd: checkout, encoding: "utf8" })
      .trim()
      .split("\n");
    assert.equal(lines.indexOf("the list is loaded"), 0);
    // What is dear would be seen.
    assert.ok(lines.length > 1);
  });
});
