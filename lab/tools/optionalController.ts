/**
 * Builds a controller that a lab runs only if it is asked for. It is a piece of its own, so that other labs neither wait for it nor build anything again when it
 * changes.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { OptionalController } from "../clouds/cloud.ts";
import { keyOf } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { run } from "./command.ts";
import { buildPrograms, goEnvironment, requireGo } from "./go.ts";
import type { GoOptions } from "./go.ts";
import { requiredVersion } from "./programs.ts";
import type { GoBuild } from "./programs.ts";

/** What a cluster has of the controller: its own release's objects, as one file of YAML documents. */
export const controllerObjects = "objects.yaml";

/** The version with which the program and its objects are built. */
async function versionOf({ source, module }: OptionalController): Promise<string> {
  return requiredVersion(await readFile(join(source, "go.mod"), "utf8"), module);
}

const goBuild = ({ module, versionVariable }: OptionalController, version: string): GoBuild => ({
  module: ".",
  packages: [module],
  cgo: false,
  tags: [],
  linkerFlags: [`-s -w -X ${versionVariable}=${version}`],
});

export async function controllerPiece(controller: OptionalController): Promise<Piece> {
  const read = (file: string) => readFile(join(controller.source, file), "utf8");
  const [goMod, goSum] = await Promise.all([read("go.mod"), read("go.sum")]);
  const recipe = JSON.stringify([goBuild(controller, await versionOf(controller)), controller.manifests]);
  return { name: "controller", key: keyOf({ goMod, goSum, recipe, arch: process.arch }) };
}

/**
 * Leaves the program and its objects in `<building>/controller`.
 *
 * @param kubectl the lab's own, which contains kustomize
 * @throws {GoMissingError} if the machine lacks Go
 */
export async function buildController(
  controller: OptionalController,
  kubectl: string,
  options: Omit<GoOptions, "parts">,
): Promise<void> {
  const { building, signal } = options;
  const go = { ...options, parts: controller.source };
  await requireGo(go);
  await buildPrograms([goBuild(controller, await versionOf(controller))], go);

  const to = join(building, "controller");
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const download = ["mod", "download", "-json", controller.module];
  const answer = await run("go", download, {
    cwd: controller.source,
    env: goEnvironment(building, false),
    signal,
  });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  const objects = await run(kubectl, ["kustomize", join(Dir, controller.manifests)], { signal });
  await writeFile(join(to, controllerObjects), objects);
  await rename(join(building, "out", basename(controller.module)), join(to, controller.name));
}
