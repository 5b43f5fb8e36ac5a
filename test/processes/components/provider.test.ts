/** The package's program for other languages, as npm installs it and as Pulumi's engine starts it. */
import assert from "node:assert/strict";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installComponents, packComponents } from "../../packedComponents.ts";
import { RunningPlugin } from "../../unit/lab/providers/runningPlugin.ts";

describe("the package's program for other languages", function () {
  this.timeout(240_000);
  let directory: string;
  let components: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "provider-"));
    components = await installComponents(await packComponents(directory), directory);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const schemaOf = async (plugin: RunningPlugin): Promise<unknown> => {
    try {
      return JSON.parse(await plugin.schema());
    } finally {
      await plugin.stop();
    }
  };
  const packed = (): unknown => JSON.parse(readFileSync(join(components, "schema.json"), "utf8"));

  it("runs from the PATH, and tells the schema", async () => {
    const manifest = JSON.parse(readFileSync(join(components, "package.json"), "utf8")) as {
      readonly bin: Readonly<Record<string, string>>;
    };
    const program = join(components, manifest.bin["pulumi-resource-exposure"] ?? assert.fail());
    accessSync(program, constants.X_OK);
    assert.deepEqual(await schemaOf(await RunningPlugin.run(program, ["127.0.0.1:1"])), packed());
  });

  it("runs from its directory by Pulumi's own starter, as PulumiPlugin.yaml asks for", async () => {
    assert.match(readFileSync(join(components, "PulumiPlugin.yaml"), "utf8"), /^runtime: nodejs$/m);
    const starter = join(directory, "node_modules/@pulumi/pulumi/cmd/run-plugin");
    const plugin = await RunningPlugin.run(
      process.execPath,
      [starter, components, "127.0.0.1:1"],
      components,
    );
    assert.deepEqual(await schemaOf(plugin), packed());
  });
});
