/** Builds the pieces from lab/parts: the lab's programs, their images, and Pulumi's engine. */
import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compilePause, hasSeccomp } from "./compiler.ts";
import { run } from "./command.ts";
import { buildPrograms, goEnvironment, requireGo } from "./go.ts";
import type { GoOptions } from "./go.ts";
import { cniPlugins, goBuilds, kubernetesParts } from "./programs.ts";
import type { Wanted } from "./programs.ts";

/** Facts that are known only after the build, stored with the programs. */
export interface Manifest {
  readonly agnhost: string;
  readonly pause: string;
  /** Whether runc can filter system calls. */
  readonly seccomp: boolean;
}

const manifestFile = "manifest.json";

export async function readManifest(directory: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(directory, manifestFile), "utf8")) as Manifest;
}

/** Every Go source and module file of lab/parts, as ingredients of a key. */
export async function partsIngredients(parts: string): Promise<Record<string, string>> {
  const files = (await readdir(parts, { recursive: true }))
    .filter((file) => /(\.go|go\.mod|go\.sum)$/.test(file) && !file.endsWith("_test.go"))
    .sort();
  const contents = await Promise.all(files.map((file) => readFile(join(parts, file), "utf8")));
  return Object.fromEntries(files.map((file, index) => [file, contents[index] ?? ""]));
}

/**
 * Compiles what is wanted into `<building>/parts` and `<building>/pulumi`.
 *
 * @throws {GoMissingError, CompilerError} if the machine lacks a compiler
 */
export async function buildParts(options: GoOptions & { readonly wanted: Wanted }): Promise<void> {
  const { building, parts, signal, wanted } = options;
  await requireGo(options);
  const source = await kubernetesSource(options);
  const seccomp = await hasSeccomp(signal);
  const manifest: Manifest = {
    agnhost: (await readFile(join(source, "test/images/agnhost/VERSION"), "utf8")).trim(),
    pause: pauseVersion(await readFile(join(source, "build/pause/Makefile"), "utf8")),
    seccomp,
  };
  const out = join(building, "out");
  await compilePause(join(source, "build/pause/linux/pause.c"), manifest.pause, join(out, "pause"), signal);

  const goMod = await readFile(join(parts, "go.mod"), "utf8");
  const nodesGoMod = await readFile(join(parts, "nodes", "go.mod"), "utf8");
  const recipe = { goMod, nodesGoMod, agnhostVersion: manifest.agnhost, seccomp, wanted };
  await buildPrograms(goBuilds(recipe), options);

  if (wanted.parts) await placeParts(out, manifest, join(building, "parts"));
  if (wanted.pulumi) await placePulumi(out, parts, join(building, "pulumi"));
}

/** The version of the official pause image, a variable in its makefile. */
export function pauseVersion(makefile: string): string {
  const [, version] = /^TAG \?= (\S+)$/m.exec(makefile) ?? [];
  if (version === undefined) throw new Error("build/pause/Makefile of k8s.io/kubernetes has no TAG");
  return version;
}

async function kubernetesSource({ parts, building, signal, onProgress }: GoOptions): Promise<string> {
  onProgress({ step: "programs", done: 0, total: 0, detail: "downloading k8s.io/kubernetes" });
  const env = goEnvironment(building, false);
  const answer = await run("go", ["mod", "download", "-json", "k8s.io/kubernetes"], {
    cwd: parts,
    env,
    signal,
  });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

const pulumiPrograms = ["pulumi", "pulumi-language-nodejs"];

async function placeParts(out: string, manifest: Manifest, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  const bin = join(to, "bin");
  const cni = join(to, "cni");
  await mkdir(bin, { recursive: true });
  await mkdir(cni);
  for (const program of await readdir(out)) {
    if (pulumiPrograms.includes(program)) continue;
    const isPlugin = (cniPlugins as readonly string[]).includes(program);
    await rename(join(out, program), join(isPlugin ? cni : bin, program));
  }
  for (const part of kubernetesParts) await symlink("kubernetes", join(bin, part));
  await writeFile(join(to, manifestFile), JSON.stringify(manifest));
}

/** The engine finds `pulumi-language-nodejs` in its own directory: a script that starts the language host as newer engines expect it. */
async function placePulumi(out: string, parts: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  const [bin, libexec] = [join(to, "bin"), join(to, "libexec")];
  await mkdir(bin, { recursive: true });
  await mkdir(libexec);
  await rename(join(out, "pulumi"), join(bin, "pulumi"));
  await rename(join(out, "pulumi-language-nodejs"), join(libexec, "pulumi-language-nodejs"));
  const wrapper = join(bin, "pulumi-language-nodejs");
  await copyFile(join(parts, "language-host", "pulumi-language-nodejs"), wrapper);
  await chmod(wrapper, 0o755);
}
