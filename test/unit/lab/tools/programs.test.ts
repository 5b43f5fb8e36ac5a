import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pauseVersion } from "../../../../lab/tools/parts.ts";
import { buildArguments, goBuilds, requiredVersion } from "../../../../lab/tools/programs.ts";
import type { GoBuild } from "../../../../lab/tools/programs.ts";

const root = resolve(import.meta.dirname, "../../../..");
const text = (file: string) => readFileSync(resolve(root, file), "utf8");
const goMod = text("lab/parts/go.mod");
const nodesGoMod = text("lab/parts/nodes/go.mod");

function builds(parts: boolean, pulumi: boolean, seccomp = true): GoBuild[] {
  return goBuilds({ goMod, nodesGoMod, agnhostVersion: "2.59", seccomp, wanted: { parts, pulumi } });
}

describe("tools: programs", () => {
  it("have the versions of go.mod", () => {
    assert.equal(
      requiredVersion("require (\n\texample.com/a v1.2.3 // indirect\n)", "example.com/a"),
      "v1.2.3",
    );
    assert.throws(() => requiredVersion("require example.com/ab v1.0.0", "example.com/a"), {
      message: "go.mod requires no version of example.com/a",
    });
  });

  it("from other modules are tools in their go.mod, so that tidying keeps what they need", () => {
    for (const { module, packages } of builds(true, true)) {
      const tools = text(`lab/parts/${module}/go.mod`).matchAll(/^(?:tool |\t)(\S+)$/gm);
      const known = [...tools].map(([, name]) => name);
      for (const name of packages.filter((each) => !each.startsWith("./")))
        assert.ok(known.includes(name), `${name} is no tool of lab/parts/${module}/go.mod`);
    }
  });

  it("have different names, because they are built into one directory", () => {
    const names = builds(true, true).flatMap(({ packages }) =>
      packages.map((name) => name.split("/").at(-1)),
    );
    assert.equal(new Set(names).size, names.length);
  });

  it("are only those that are wanted", () => {
    const packages = (parts: boolean, pulumi: boolean) =>
      builds(parts, pulumi).flatMap((build) => build.packages);
    assert.deepEqual(
      packages(false, true).map((name) => name.split("/").at(-1)),
      ["pulumi", "pulumi-language-nodejs"],
    );
    assert.equal(packages(true, false).filter((name) => name.includes("pulumi")).length, 0);
    assert.equal(packages(true, true).length, packages(true, false).length + 2);
  });

  it("are stamped with upstream's versions", () => {
    const flags = builds(true, true)
      .flatMap(({ linkerFlags }) => linkerFlags)
      .join(" ");
    assert.match(flags, /-X k8s\.io\/component-base\/version\.gitVersion=v1\.35\.4 /);
    assert.match(flags, /-X k8s\.io\/component-base\/version\.gitMinor=35 /);
    assert.match(flags, /containerd\/v2\/version\.Version=2\.4\.2 /);
    assert.match(flags, /agnhost=-s -w -X main\.Version=2\.59/);
    assert.match(flags, /common\/version\.Version=v3\.246\.0/);
  });

  it("filter system calls only with libseccomp, and say so to the wrapper", () => {
    const runc = (seccomp: boolean) => builds(true, false, seccomp).find(({ cgo }) => cgo);
    assert.deepEqual(runc(true)?.tags, ["netgo", "osusergo", "seccomp"]);
    assert.deepEqual(runc(false)?.tags, ["netgo", "osusergo"]);
    const flags = builds(true, false, false).flatMap(({ linkerFlags }) => linkerFlags);
    assert.ok(flags.some((flag) => flag === "./runc-without-cgroups=-s -w -X main.seccomp=false"));
  });

  it("are built verbosely, for packages are counted, and into the directory", () => {
    const [first] = builds(true, true);
    assert.ok(first);
    const args = buildArguments(first, "/out");
    assert.deepEqual(args.slice(0, 2), ["build", "-v"]);
    assert.deepEqual(args.slice(-5, -3), ["-o", "/out/"]);
    assert.ok(!args.some((arg) => arg.startsWith("-tags")));
  });

  it("of Pulumi are the version of the program's SDK", () => {
    const { dependencies } = JSON.parse(text("package.json")) as { dependencies: Record<string, string> };
    assert.equal(
      requiredVersion(goMod, "github.com/pulumi/pulumi/pkg/v3"),
      `v${dependencies["@pulumi/pulumi"]}`,
    );
  });
});

describe("tools: pause", () => {
  it("has the version that upstream's makefile gives it", () => {
    assert.equal(pauseVersion("IMAGE = $(REGISTRY)/pause\nTAG ?= 3.10.1\nREV = x\n"), "3.10.1");
    assert.throws(() => pauseVersion("IMAGE = x\n"), /has no TAG/);
  });
});
