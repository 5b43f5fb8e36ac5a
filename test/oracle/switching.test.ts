/** A living stack goes from the lab's kubernetes plug-in to the official one and back, on a lab. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { delimiter } from "node:path";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import { officialPlugin } from "./officialPlugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/kubernetes/package.json") as { version: string };

describe("a living stack", function () {
  this.timeout(minutes(5));
  const { PATH: own = "" } = process.env;
  let official = "";
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    official = await officialPlugin(version);
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    await project.succeed("up");
  });
  after(async () => {
    process.env.PATH = own;
    await project.remove();
  });

  /** The engine takes the plug-in on the PATH, if there is one. */
  const use = (plugin: "own" | "official"): void => {
    process.env.PATH = plugin === "own" ? own : `${official}${delimiter}${own}`;
  };
  const hasNoChanges = async (): Promise<void> => {
    for (const command of ["preview", "refresh"])
      await project.succeed(
        "pulumi",
        command,
        ...(command === "refresh" ? ["--yes"] : []),
        "--expect-no-changes",
        "--non-interactive",
      );
  };
  const replicas = async (count: number): Promise<void> => {
    project.configure("nodeport-vs-loadbalancer:replicas", count);
    assert.match(await project.succeed("up"), /2 updated/);
  };

  it("has no change with the official plug-in", async () => {
    use("official");
    assert.match(await project.succeed("up"), /kubernetes.*from the PATH/s);
    await hasNoChanges();
  });

  it("is updated by the official plug-in, and then has no change with the lab's own", async () => {
    await replicas(2);
    use("own");
    await hasNoChanges();
  });

  it("is updated by the lab's own plug-in, and then has no change with the official one", async () => {
    await replicas(3);
    use("official");
    await hasNoChanges();
  });

  it("is destroyed by the one and made again by the other, and then has no change with the first", async () => {
    await project.succeed("destroy");
    await project.succeed("up");
    use("own");
    await hasNoChanges();
    await project.succeed("destroy");
  });
});
