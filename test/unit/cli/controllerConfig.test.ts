import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../cli/command.ts";
import { configuredClouds } from "../../../cli/controllerConfig.ts";
import { cloudNamed, clouds } from "../../../comparison/clouds/index.ts";

describe("the controller's configuration file on a command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "controller-config-"));
  const file = join(folder, "cloud.conf");
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (text: string, others: Parameters<typeof configuredClouds>[0] = {}) => {
    writeFileSync(file, text);
    return configuredClouds({ "controller-config": file, ...others });
  };
  const settings = (of: ReturnType<typeof configuredClouds>, cloud: string): string[] =>
    cloudNamed(cloud, of).controllers.flatMap((controller) => controller.settings ?? []);
  const ofAws = "[Global]\nDisableSecurityGroupIngress";
  const ofOpenStack = "[LoadBalancer]\ncreate-monitor = true";

  it("configures the controllers that read it", () => {
    assert.deepEqual(settings(written(ofAws), "aws"), ["DisableSecurityGroupIngress=true"]);
    assert.deepEqual(settings(written(ofOpenStack), "openstack"), ["create-monitor=true"]);
  });

  it("is an error for a cloud whose controller does not read it, once that cloud turns out to be the one", () => {
    assert.throws(() => settings(written(ofOpenStack), "aws"), /line 1: the controller ignores the section/);
    assert.throws(() => settings(written(ofAws), "openstack"), /line 2: the controller ignores DisableSec/);
  });

  it("is read as that of the controller that serves the manifests", () => {
    const other = { file: ["a.yaml"], controller: "occm" };
    assert.throws(() => written(ofAws, other), /line 2: the controller ignores DisableSec/);
    assert.throws(() => written(ofOpenStack, { file: ["a.yaml"] }), /line 1: the controller ignores the sec/);
  });

  it("is refused as the one that it resembles most", () => {
    assert.throws(
      () => written("[Global]\nregion = x\n[LoadBalancer]\ncreate-monitr"),
      /create-monitor is prob/,
    );
  });

  it("may be left out", () => {
    assert.equal(configuredClouds({}), clouds);
    assert.deepEqual([...settings(clouds, "aws"), ...settings(clouds, "openstack")], []);
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
    assert.throws(
      () => configuredClouds({ "controller-config": join(folder, "none") }),
      /--controller-config \S+ does not exist$/,
    );
  });
});
