/**
 * The plug-ins as programs that the Pulumi engine finds on the PATH: `pulumi-resource-aws` and `pulumi-resource-kubernetes`.
 *
 * Each is bundled into one file, without the parts of the AWS SDK that it never calls: it starts in 0.15 s instead of 0.6 s from source, which
 * every preview would pay twice.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const lab = path.resolve(import.meta.dirname, "..");
/** Where each plug-in's program is. */
const programs = { aws: "clouds/aws/plugin", kubernetes: "providers/kubernetes" } as const;
/** All that the plug-ins are made of. */
const sources = ["providers", programs.aws].map((folder) => path.join(lab, folder));
const lockFile = path.resolve(lab, "../package-lock.json");

/** CommonJS libraries in the bundle call `require`, which ES modules do not have. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** What the bundles are made from: these sources, the dependencies' versions, and the Node that runs them. */
async function sourceKey(): Promise<string> {
  const files = await Promise.all(
    sources.map(async (folder) =>
      (await readdir(folder, { recursive: true })).map((name) => path.join(folder, name)),
    ),
  );
  const hash = createHash("sha256").update(process.execPath).update(process.version);
  for (const file of [...files.flat().filter((name) => name.endsWith(".ts")), lockFile].sort())
    hash.update(path.relative(lab, file)).update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

async function build(directory: string, finalDirectory: string): Promise<void> {
  const { build: bundle } = await import("esbuild");
  for (const [name, folder] of Object.entries(programs)) {
    await bundle({
      entryPoints: [path.join(lab, folder, "main.ts")],
      outfile: path.join(directory, `${name}.mjs`),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      mainFields: ["module", "main"],
      minifySyntax: true,
      banner: { js: banner },
      logLevel: "error",
    });
    const wrapper = path.join(directory, `pulumi-resource-${name}`);
    const program = [process.execPath, path.join(finalDirectory, `${name}.mjs`)].map(shellQuote).join(" ");
    await writeFile(wrapper, `#!/bin/sh\nexec ${program} "$@"\n`);
    await chmod(wrapper, 0o755);
  }
}

/**
 * Makes the plug-ins, unless they are there already; what older sources made is removed.
 * @param root a directory for them alone; it is created if needed.
 * @returns the directory to put on the PATH of `pulumi`.
 */
export async function providePlugins(root: string): Promise<string> {
  const directory = path.resolve(root, await sourceKey());
  if (existsSync(directory)) return directory;
  await mkdir(root, { recursive: true });
  const older = await readdir(root);
  const unfinished = await mkdtemp(path.join(path.resolve(root), "unfinished-"));
  try {
    await build(unfinished, directory);
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Somebody else was faster: theirs is the same.
    if (!existsSync(directory)) throw error;
  }
  const unused = older.filter((name) => !name.startsWith("unfinished-"));
  await Promise.all(unused.map((name) => rm(path.join(root, name), { recursive: true, force: true })));
  return directory;
}
