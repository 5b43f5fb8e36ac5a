/** The lab on a machine that runs short of something: it says of what, keeps its state, and continues when there is enough again. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess, ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { firstStartBytes, laterStartBytes } from "../../lab/disk.ts";
import { eventually } from "./eventually.ts";
import { Project } from "./project.ts";
import type { Ended } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

/** A memory file system on the lab's directory, in a mount namespace that ends with this process and that the host does not see. */
class SmallDisk {
  private readonly project: Project;
  private readonly holder: ChildProcess;

  private constructor(project: Project, holder: ChildProcess) {
    this.project = project;
    this.holder = holder;
  }

  static async mount(project: Project, bytes: number): Promise<SmallDisk> {
    const { directory } = project.settings;
    mkdirSync(directory, { recursive: true });
    const hold = `mount -t tmpfs -o mode=0755,size=${bytes} tmpfs "$0" && echo mounted && exec cat`;
    const words = ["--mount", "--propagation", "private", "sh", "-c", hold, directory];
    const holder = spawn("unshare", words, { stdio: ["pipe", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    return new SmallDisk(project, holder);
  }

  /** Runs a command in the namespace with the disk. */
  async run(program: string, ...args: readonly string[]): Promise<Ended> {
    const words = ["--target", String(this.holder.pid), "--mount", "--", program, ...args];
    const child = spawn("nsenter", words, {
      cwd: this.project.directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return ended(child);
  }

  lab(...words: readonly string[]): Promise<Ended> {
    const { directory } = this.project;
    // nsenter would keep the working directory outside of the mount.
    return this.run(
      "env",
      `--chdir=${directory}`,
      process.execPath,
      "loading/run.mjs",
      "cli/lab.ts",
      ...words,
    );
  }

  async remove(): Promise<void> {
    await this.lab("down");
    this.holder.stdin?.end();
    await once(this.holder, "exit");
  }
}

/** Anybody but root would need a user namespace to mount, and the lab could not run in it. */
const mayMount = process.getuid?.() === 0;

async function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number]>,
  ]);
  return { status, stdout, stderr };
}

describe("the lab on a machine without enough resources", function () {
  this.timeout(minutes(10));
  let project: Project;
  let disk: SmallDisk | undefined;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
  });
  afterEach(async () => {
    await disk?.remove();
    disk = undefined;
  });
  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  const refuses = ({ status, stderr }: Ended, reason: RegExp): void => {
    assert.match(stderr, reason);
    assert.equal(status, 1);
  };

  it("does not start with too few inotify instances, and says how many it needs and how many are left", async () => {
    // A limit for this user namespace only. user_namespaces(7)
    const limited =
      'echo 10 > /proc/sys/user/max_inotify_instances && exec "$0" loading/run.mjs cli/lab.ts up';
    const words = ["--user", "--map-root-user", "--", "sh", "-c", limited, process.execPath];
    refuses(
      await ended(spawn("unshare", words, { cwd: project.directory, stdio: ["ignore", "pipe", "pipe"] })),
      /too few inotify instances: the lab needs 32, and 10 are left of the \d+ that a user may have/,
    );
  });

  it("does not start with too little disk space, and says how much it needs and how much is free", async function () {
    if (!mayMount) this.skip();
    disk = await SmallDisk.mount(project, firstStartBytes / 3);
    refuses(
      await disk.lab("up"),
      /too little disk space in .*\.lab: the lab needs 300 MB there, and (99|100) MB are free\. Free some space/,
    );
  });

  it("says that the disk is full, refuses changes that it cannot keep, and works again when there is space", async function () {
    if (!mayMount) this.skip();
    disk = await SmallDisk.mount(project, firstStartBytes + 2 * laterStartBytes);
    const { status, stdout, stderr } = await disk.lab("up");
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    const { ec2 } = labClients(project.settings);
    const make = (GroupName: string) =>
      ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName }));
    const fill = join(project.settings.directory, "fill");

    const small = disk;
    const fillUp = () => small.run("sh", "-c", 'cat /dev/zero >> "$0"', fill);
    await eventually("the lab says that its disk is full", async () => {
      await fillUp();
      return (await small.lab("status")).stdout.includes(".lab is full, 0 MB are free: free some space");
    });
    // etcd reserves 64 MiB for its next log, and gives them back when it ends on a full disk, at any moment from now on.
    const kept: string[] = [];
    const refused = await eventually("the account refuses a change", async () => {
      await fillUp();
      const name = `change-${kept.length.toString()}`;
      try {
        await make(name);
      } catch (error) {
        assert.match(String(error), /cannot keep the account's state: .*No space left on device/);
        return name;
      }
      kept.push(name);
      return undefined;
    });
    await disk.lab("down");
    refuses(
      await disk.lab("up"),
      /too little disk space in .*\.lab: the lab needs 70 MB there, and (0|6\d) MB are free/,
    );

    await disk.run("rm", fill);
    const again = await disk.lab("up");
    assert.equal(again.status, 0, `${again.stdout}\n${again.stderr}`);
    await make("heard");
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    const names = SecurityGroups.map(({ GroupName = "" }) => GroupName);
    for (const name of [...kept, "heard", "dev-node"]) assert.ok(names.includes(name), names.join(", "));
    assert.ok(!names.includes(refused), names.join(", "));
  });
});
