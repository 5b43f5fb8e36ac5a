/** The components as others install them: the package that npm packs. */
import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { run } from "../lab/tools/command.ts";

const checkout = resolve(import.meta.dirname, "..");
const modules = join(checkout, "node_modules");

/** What the package depends on, the peer that its README says to install for AWS, and what TypeScript needs. */
const installed = ["ipaddr.js", "@pulumi/kubernetes", "@pulumi/pulumi", "@pulumi/aws", "@types"];

/** Packs them from a copy of their sources, which stay as they are. @returns the package's file */
export async function packComponents(directory: string): Promise<string> {
  const source = join(directory, "source");
  mkdirSync(source);
  cpSync(join(checkout, "components"), join(source, "components"), {
    recursive: true,
    filter: (path) => !["node_modules", "dist"].includes(basename(path)),
  });
  for (const file of ["package.json", "tsconfig.json"]) cpSync(join(checkout, file), join(source, file));
  symlinkSync(modules, join(source, "node_modules"));
  await run("npm", ["pack", "--pack-destination", directory], { cwd: join(source, "components") });
  const file = readdirSync(directory).find((each) => each.endsWith(".tgz")) ?? assert.fail();
  return join(directory, file);
}

/** Installs them, and what they need, for a program in a directory. @returns where they are */
export async function installComponents(tarball: string, app: string): Promise<string> {
  const components = join(app, "node_modules/@nodeport-vs-loadbalancer/components");
  mkdirSync(components, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", components], {});
  mkdirSync(join(app, "node_modules/@pulumi"));
  for (const each of installed) symlinkSync(join(modules, each), join(app, "node_modules", each));
  const { bin } = JSON.parse(readFileSync(join(components, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  // npm makes them executable when it installs them, not when it packs them.
  for (const program of Object.values(bin)) chmodSync(join(components, program), 0o755);
  return components;
}
