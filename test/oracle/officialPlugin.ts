/** The official Kubernetes plug-in, compiled once from its Go module: ten minutes of processor, 300 MB. */
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  cacheDirectory,
  directoryOf,
  exists,
  keyOf,
  openCache,
  prune,
  publish,
} from "../../lab/tools/cache.ts";
import { run } from "../../lab/tools/command.ts";
import { goEnvironment } from "../../lab/tools/go.ts";
import { withLock } from "../../lab/tools/lock.ts";

const source = join(import.meta.dirname, "provider");
const program = "pulumi-resource-kubernetes";
const module = "github.com/pulumi/pulumi-kubernetes/provider/v4";
const versionVariable = `${module}/pkg/version.Version`;

/**
 * The directory of the plug-in's program, from the cache or built now. An interrupted build is continued by the next call.
 * @param version what the program says that it is
 */
export async function officialPlugin(version: string): Promise<string> {
  const cache = cacheDirectory();
  const read = (file: string): Promise<string> => readFile(join(source, file), "utf8");
  const [mod, sum, main] = await Promise.all(["go.mod", "go.sum", "main.go"].map(read));
  const ingredients = { mod: mod ?? "", sum: sum ?? "", main: main ?? "", version };
  const piece = { name: "oracle", key: keyOf(ingredients) };
  const place = directoryOf(cache, piece);
  await openCache(cache);
  await withLock(join(cache, "oracle-lock"), {}, async () => {
    if (await exists(place)) return;
    const building = join(cache, "building-oracle");
    const out = join(building, "out");
    for (const directory of [out, join(building, "tmp")]) await mkdir(directory, { recursive: true });
    const flags = ["-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false"];
    const stamp = `-ldflags=-s -w -X ${versionVariable}=${version}`;
    // The machine is used for other work meanwhile.
    const words = ["19", "setpriv", "--pdeathsig", "TERM", "go", "build", "-v", ...flags, stamp];
    const env = goEnvironment(building, false);
    await run("nice", ["-n", ...words, "-o", join(out, program), "."], {
      cwd: source,
      env,
      onLine: (line) => {
        console.log(`    ${line}`);
      },
    });
    const directory = await run("go", ["list", "-m", "-f", "{{.Dir}}", module], { cwd: source, env });
    const schema = join(directory.trim(), "cmd/pulumi-resource-kubernetes/schema.json");
    await copyFile(schema, join(out, "schema.json"));
    await publish(cache, piece, out);
    await rm(building, { recursive: true, force: true });
    await prune(cache, [piece]);
  });
  return place;
}
