import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultCloud, labCloud, labClouds, nodesOn } from "../../../../lab/clouds/index.ts";

const checkout = join(import.meta.dirname, "../../../..");

describe("the clouds of the lab", () => {
  it("are found by name, and the first is the default", () => {
    for (const cloud of labClouds) assert.equal(labCloud(cloud.name), cloud);
    assert.equal(labCloud(), defaultCloud);
    assert.throws(() => labCloud("nimbus"), /the lab has no cloud "nimbus"; it has: aws, openstack/);
  });

  for (const cloud of labClouds) {
    it(`have what ${cloud.name} names: a requirements file and a plug-in`, () => {
      assert.ok(existsSync(cloud.python.requirements));
      assert.match(cloud.python.piece, /^[a-z]+$/);
      const { folder, name } = cloud.plugin;
      const compiled = cloud.programs?.programs.map((program) => program.name) ?? [];
      assert.ok(
        folder === undefined
          ? compiled.includes(`pulumi-resource-${name}`)
          : existsSync(join(checkout, "lab", folder, "main.ts")),
      );
    });

    it(`give each node a zone on ${cloud.name}`, () => {
      assert.equal(new Set(nodesOn(cloud).map(({ zone }) => zone)).size, 3);
    });
  }
});
