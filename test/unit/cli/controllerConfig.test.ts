import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../cli/command.ts";
import { configuredClouds } from "../../../cli/controllerConfig.ts";
import { clouds } from "../../../comparison/clouds/index.ts";

describe("the controller's configuration file on a command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "controller-config-"));
  const file = join(folder, "cloud.conf");
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (text: string): ReturnType<typeof configuredClouds> => {
    writeFileSync(file, text);
    return configuredClouds({ "controller-config": file });
  };
  const settings = (of: ReturnType<typeof configuredClouds>): string[] =>
    of.flatMap(({ controllers }) => controllers.flatMap((controller) => controller.settings ?? []));

  it("configures the controllers that read it", () => {
    assert.deepEqual(settings(written("[Global]\nDisableSecurityGroupIngress")), [
      "DisableSecurityGroupIngress=true",
    ]);
  });

  it("may be left out", () => {
    assert.equal(configuredClouds({}), clouds);
    assert.deepEqual(settings(clouds), []);
  });

  it("is refused with a value that is not allowed, naming file, line, key and what is allowed", () => {
    assert.throws(
      () => written("[Global]\nNLBSecurityGroupMode = on"),
      (error) =>
        error instanceof UsageError &&
        error.message ===
          `--controller-config: ${file}, line 2: NLBSecurityGroupMode is "on"; allowed is Managed, or no such key`,
    );
  });

  it("is refused if it is not there", () => {
    assert.throws(() => configuredClouds({ "controller-config": join(folder, "none") }), /ENOENT/);
  });
});
