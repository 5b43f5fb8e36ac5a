import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import {
  kubernetesVersions,
  otherVersion,
  otherVersions,
  usualVersion,
} from "../../../lab/kubernetesVersions.ts";
import { defaultCloud } from "../../../lab/clouds/index.ts";
import { partsIngredients } from "../../../lab/tools/parts.ts";
import { otherKubernetesPiece } from "../../../lab/tools/otherKubernetes.ts";
import { partsSource, piecesOf } from "../../../lab/tools/pieces.ts";
import { requiredVersion } from "../../../lab/tools/programs.ts";

const text = (file: string): string => readFileSync(file, "utf8");
const goMod = (version: string): string => text(`lab/parts/versions/${version}.mod`);
const minorIn = (mod: string, module: string): string =>
  /^v(\d+\.\d+)\./.exec(requiredVersion(mod, module))?.[1] ?? "";

describe("the versions of Kubernetes that the lab runs", () => {
  it("are the usual one, which lab/parts pins, and the others, which have modules of their own", () => {
    assert.equal(minorIn(text("lab/parts/go.mod"), "k8s.io/kubernetes"), usualVersion);
    for (const version of otherVersions) assert.equal(minorIn(goMod(version), "k8s.io/kubernetes"), version);
    assert.deepEqual([...otherVersions, usualVersion].sort(), [...kubernetesVersions]);
    const files = otherVersions.flatMap((version) => [`${version}.mod`, `${version}.sum`]);
    assert.deepEqual(readdirSync("lab/parts/versions").sort(), files);
    assert.deepEqual(kubernetesVersions.map(otherVersion), ["1.34", undefined, "1.36"]);
    assert.equal(otherVersion(undefined), undefined);
  });

  it("each have the cloud controller manager of the same minor version, and one version of all staging modules", () => {
    for (const version of otherVersions) {
      const mod = goMod(version);
      assert.equal(minorIn(mod, "k8s.io/cloud-provider-aws"), version);
      const staging = requiredVersion(mod, "k8s.io/kubernetes").replace(/^v1/, "v0");
      const replaced = [...mod.matchAll(/^\t?(?:replace )?(k8s\.io\/\S+) => \1 (\S+)$/gm)].map(
        ([, , to]) => to,
      );
      assert.ok(replaced.length > 30);
      assert.deepEqual([...new Set(replaced)], [staging]);
    }
  });

  it("are built from the modules of lab/parts wherever these say the same", () => {
    const usual = new Map(
      [...text("lab/parts/go.mod").matchAll(/^\t(\S+) (v\S+)/gm)].map(([, name, at]) => [name, at]),
    );
    for (const version of otherVersions) {
      const go = /^go (\S+)$/m;
      assert.equal(go.exec(goMod(version))?.[1], go.exec(text("lab/parts/go.mod"))?.[1]);
      const grpc = requiredVersion(goMod(version), "google.golang.org/grpc");
      assert.equal(grpc, usual.get("google.golang.org/grpc"));
    }
  });

  it("are pieces of the cache that do not change the usual one's key, and change with it", async () => {
    const sources = await partsIngredients(partsSource);
    assert.deepEqual(
      Object.keys(sources).filter((file) => file.startsWith("versions/")),
      [],
    );
    const pieces = await piecesOf(defaultCloud);
    assert.deepEqual(
      otherVersions.map((version) => pieces[version].name),
      ["kubernetes1.34", "kubernetes1.36"],
    );
    const keyWith = async (changed: Record<string, string>, usual = pieces.parts): Promise<string> =>
      (await otherKubernetesPiece("1.36", partsSource, { ...sources, ...changed }, usual)).key;
    assert.equal(await keyWith({}), pieces["1.36"].key);
    assert.equal(await keyWith({ "pods/coredns/main.go": "" }), pieces["1.36"].key, "not its sources");
    assert.notEqual(await keyWith({ "kubernetes/main.go": "" }), pieces["1.36"].key);
    assert.notEqual(await keyWith({}, { name: "parts", key: "0" }), pieces["1.36"].key);
    assert.notEqual(pieces["1.34"].key, pieces["1.36"].key);
  });
});
