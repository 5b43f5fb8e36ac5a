/** Who uses one cloud does not load the Pulumi packages of another. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "es-module-lexer";
import { checkout } from "./stackFiles.ts";

/** The packages that a module loads when it is imported; types and what it imports later do not count. */
function packagesOf(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const found of parse(text, file)[0]) {
      if (found.type === "dynamic" || ("typeOnly" in found && found.typeOnly)) continue;
      const specifier = text.slice(found.start, found.end);
      const target = join(dirname(file), specifier);
      if (!specifier.startsWith(".")) packages.add(specifier);
      else if (existsSync(target)) follow(target);
    }
  };
  for (const entry of entries) follow(join(checkout, entry));
  return [...packages];
}

const commands = ["start", "preview", "compare", "up", "destroy", "verify"].map((name) => `cli/${name}.ts`);

/** What is loaded on a cloud besides, once it is chosen. */
const chosen = (cloud: string) => [
  `program/clouds/${cloud}/connection.ts`,
  `comparison/clouds/${cloud}/plan/plan.ts`,
];

describe("the packages of a cloud", () => {
  it("of OpenStack are loaded by no command, by the program, or by the components, before it is chosen", () => {
    const loaded = packagesOf([...commands, "index.ts", "components/index.ts", ...chosen("aws")]);
    assert.ok(loaded.some((name) => name.startsWith("@pulumi/aws/")));
    assert.deepEqual(
      loaded.filter((name) => name.startsWith("@pulumi/openstack")),
      [],
    );
  });

  it("of AWS are loaded neither by the components for OpenStack nor by what declares them", () => {
    const loaded = packagesOf(["components/openstack/index.ts", ...chosen("openstack")]);
    assert.ok(loaded.some((name) => name.startsWith("@pulumi/openstack/")));
    assert.deepEqual(
      loaded.filter((name) => /^@(pulumi\/aws|aws-sdk)/.test(name)),
      [],
    );
  });
});
