import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataBasesMark, provideDataBases } from "../../../../../lab/clouds/openstack/dataBases.ts";

describe("the data bases of the lab's OpenStack", () => {
  let lab: string;
  let directory: string;

  const prepared = (name: string): string => {
    const made = join(lab, name);
    mkdirSync(made);
    writeFileSync(join(made, "octavia.db"), name);
    return made;
  };
  const kept = (): string => readFileSync(join(directory, "octavia.db"), "utf8");

  beforeEach(() => {
    lab = mkdtempSync(join(tmpdir(), "data-bases-"));
    directory = join(lab, "state/openstack");
    mkdirSync(join(lab, "state"));
  });
  afterEach(() => {
    rmSync(lab, { recursive: true });
  });

  it("stay what a run has made of them, wherever the cache is", () => {
    provideDataBases(prepared("first"), directory, "mark");
    writeFileSync(join(directory, "octavia.db"), "with a load balancer");
    provideDataBases(prepared("second"), directory, "mark");
    assert.equal(kept(), "with a load balancer");
  });

  it("are never emptied: made from something else, they are refused, with what to do", () => {
    provideDataBases(prepared("first"), directory, "mark");
    assert.throws(() => provideDataBases(prepared("second"), directory, "other"), {
      message: `the lab's OpenStack was made by other versions of the services, or furnished otherwise, and its data bases cannot go on: ${directory}. Begin anew: npm run lab -- down --stack openstack; rm -rf ${lab}; npm run pulumi -- stack rm --force --preserve-config --yes --stack openstack`,
    });
    assert.equal(kept(), "first");
  });

  it("are copied as a whole: what an ended copy has left is done again", () => {
    mkdirSync(`${directory}-unfinished`);
    writeFileSync(join(`${directory}-unfinished`, "half.db"), "");
    provideDataBases(prepared("first"), directory, "mark");
    assert.deepEqual(readdirSync(directory).sort(), ["made-from", "octavia.db"]);
  });

  it("have a mark of the services' versions and of how they are furnished, and of nothing else", () => {
    const asked: string[] = [];
    const mark = (changed?: string) =>
      dataBasesMark((name) => {
        asked.push(name);
        return name === changed ? "changed" : "";
      });
    const usual = mark();
    const names = [...asked];
    assert.deepEqual(names, ["requirements.txt", "prepare.py", "layout.py", "database.py"]);
    for (const name of names) assert.notEqual(mark(name), usual);
    assert.equal(mark(), usual);
  });
});
