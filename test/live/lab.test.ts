/** The lab on its host: it refuses what it cannot use, and leaves nothing behind when it ends. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { readJson, labFiles } from "../../lab/files.ts";
import type { KeeperRecord } from "../../lab/keeper/record.ts";
import { leftovers, traces } from "./leftovers.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

describe("the lab on the host", function () {
  this.timeout(minutes(10));
  let project: Project;
  let before_: string[];

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    before_ = traces(project.directory);
  });
  after(() => project.remove());

  const left = (): Promise<string[]> => leftovers(project.directory, before_);
  const keeper = (): KeeperRecord => readJson(labFiles(project.settings.directory).keeper) as KeeperRecord;
  const running = async (): Promise<boolean> =>
    (JSON.parse((await project.run("lab", "status", "--json")).stdout) as { running: boolean }).running;

  it("refuses a port that is taken, and names the port, the process and the key", async () => {
    const { ports } = project.settings;
    const server = createServer().listen(ports.nodePort, "127.0.0.1");
    await once(server, "listening");
    const { status, stderr } = await project.run("lab", "up");
    server.close();
    assert.equal(status, 1);
    const expected = `port ${ports.nodePort} of 127\\.0\\.0\\.1, .* is taken by .*\\(process ${process.pid}\\); choose another with lab:ports\\.nodePort in Pulumi\\.dev\\.yaml`;
    assert.match(stderr, new RegExp(expected));
    assert.deepEqual(await left(), []);
  });

  it("refuses an invalid setting", async () => {
    project.configure("lab:timeScale", 0);
    const { status, stderr } = await project.run("lab", "up");
    project.configure("lab:timeScale", 60);
    assert.equal(status, 1);
    assert.match(stderr, /Pulumi\.dev\.yaml: lab:timeScale is 0; it must be a number from 1/);
  });

  it("starts, is found by a second start, and leaves nothing behind when it stops", async () => {
    await project.succeed("lab", "up");
    assert.equal(await running(), true);
    assert.match(await project.succeed("lab", "up"), /already running/);
    assert.match(await project.succeed("lab", "status"), /kube-apiserver +running/);
    assert.match(await project.succeed("lab", "logs", "etcd"), /\S/);
    await project.succeed("lab", "down");
    assert.equal(await running(), false);
    assert.deepEqual(await left(), []);
  });

  it("lists the logs if asked for one that does not exist", async () => {
    const { status, stderr } = await project.run("lab", "logs", "nonsense");
    assert.equal(status, 2);
    assert.match(stderr, /there is no log "nonsense"; the logs are: .*etcd/);
  });

  it("leaves nothing behind when its keeper is killed", async () => {
    await project.succeed("lab", "up");
    const record = keeper();
    process.kill(record.pid, "SIGKILL");
    assert.deepEqual(await left(), []);
    assert.equal(await running(), false);
  });

  it("leaves nothing behind when its first process is killed", async () => {
    await project.succeed("lab", "up");
    const record = keeper();
    process.kill(record.initPid!, "SIGKILL");
    assert.deepEqual(await left(), []);
  });
});
