/** The services' data bases in the lab's state. They go with what else outlives a run: the cluster, and Pulumi's state. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../../files.ts";

const services = join(import.meta.dirname, "services");

/** What decides the data bases: the versions of the services, and how they are furnished. */
const sources = ["requirements.txt", "prepare.py", "layout.py", "database.py"] as const;

const record = "made-from";

/** A mark of what data bases are made from. */
export function dataBasesMark(read = (name: string) => readFileSync(join(services, name), "utf8")): string {
  const hash = createHash("sha256");
  for (const name of sources) hash.update(JSON.stringify([name, read(name)]));
  return hash.digest("hex");
}

/**
 * Copies the data bases of a furnished cloud, unless the lab has them from an earlier run.
 *
 * @throws Error if those were made from something else: emptied, they would lack what the cluster and Pulumi still name
 */
export function provideDataBases(prepared: string, directory: string, mark = dataBasesMark()): void {
  if (existsSync(directory)) {
    const file = join(directory, record);
    if (existsSync(file) && readFileSync(file, "utf8") === mark) return;
    const lab = dirname(dirname(directory));
    throw new Error(
      `the lab's OpenStack was made by other versions of the services, or furnished otherwise, and its data bases cannot go on: ${directory}. Begin anew: npm run lab -- down --stack openstack; rm -rf ${lab}; npm run pulumi -- stack rm --force --preserve-config --yes --stack openstack`,
    );
  }
  const unfinished = `${directory}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(prepared, unfinished, { recursive: true });
  writeWhole(join(unfinished, record), mark);
  renameSync(unfinished, directory);
}
