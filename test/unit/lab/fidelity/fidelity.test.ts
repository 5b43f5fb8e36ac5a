import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { labCloud, labClouds } from "../../../../lab/clouds/index.ts";
import { behaviours as ofAws } from "../../../../lab/clouds/aws/fidelity/table.ts";
import { behaviours as ofOpenStack } from "../../../../lab/clouds/openstack/fidelity/table.ts";
import { fidelityDocument, fidelityFile } from "../../../../lab/fidelity/markdown.ts";
import { limitsOfLab } from "../../../../lab/fidelity/table.ts";

const fidelity = [...ofAws, ...ofOpenStack];

describe("the tables of imitated behaviours", () => {
  for (const { name, shownBy } of fidelity) {
    it(`name tests that exist: ${name}`, () => {
      for (const [file, titles] of Object.entries(shownBy)) {
        const text = readFileSync(file, "utf8");
        for (const title of titles)
          assert.ok(text.includes(`it(${JSON.stringify(title)}`), `${file} has no test “${title}”`);
      }
    });
  }

  it("show every behaviour by a test, or say that it cannot", () => {
    const unfounded = fidelity.filter(
      ({ shownBy, limit }) => Object.keys(shownBy).length === 0 && limit === undefined,
    );
    assert.deepEqual(unfounded, []);
  });

  it("have the cloud's documentation as the source of every behaviour", () => {
    for (const { source } of ofAws) assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
    for (const { source } of ofOpenStack) assert.match(source, /^https:\/\/docs\.openstack\.org\//);
  });

  it("break no cell of a Markdown table", () => {
    for (const { documented, lab, limit } of fidelity)
      assert.doesNotMatch([documented, lab, limit?.text].join(), /[|\n]/);
  });

  for (const { name } of labClouds)
    it(`tell the reports in one sentence each what the lab cannot show of ${name}`, async () => {
      const limits = await limitsOfLab(name);
      const behaviours = await labCloud(name).behaviours();
      assert.equal(limits.length, behaviours.filter(({ limit }) => limit !== undefined).length);
      for (const sentence of limits) assert.match(sentence, /^.{10,130}\.$/);
    });
});

describe("the pages of how faithful the lab is", () => {
  for (const cloud of labClouds)
    it(`are made from the tables: run npm run fidelity (${fidelityFile(cloud)})`, async () => {
      const made = fidelityDocument(cloud, await cloud.behaviours());
      assert.equal(readFileSync(fidelityFile(cloud), "utf8"), made);
    });

  it("are one for each cloud", () => {
    assert.deepEqual(labClouds.map(fidelityFile), ["docs/fidelity.md", "docs/openstack-fidelity.md"]);
  });
});
