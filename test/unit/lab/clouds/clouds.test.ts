import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultCloud, labCloud, labClouds, nodesOn } from "../../../../lab/clouds/index.ts";

const checkout = join(import.meta.dirname, "../../../..");

describe("the clouds of the lab", () => {
  it("are found by name, and the first is the default", () => {
    for (const cloud of labClouds) assert.equal(labCloud(cloud.name), cloud);
    assert.equal(labCloud(), defaultCloud);
    assert.throws(() => labCloud("nimbus"), /there is no cloud "nimbus"; there are: aws/);
  });

  for (const cloud of labClouds) {
    it(`have what ${cloud.name} names: a requirements file and a plug-in`, () => {
      assert.ok(existsSync(cloud.python.requirements));
      assert.match(cloud.python.piece, /^[a-z]+$/);
      assert.ok(existsSync(join(checkout, "lab", cloud.plugin.folder, "main.ts")));
    });

    it(`give each node a zone on ${cloud.name}`, () => {
      assert.equal(new Set(nodesOn(cloud).map(({ zone }) => zone)).size, 3);
    });
  }

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
