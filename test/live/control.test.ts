/** What `npm run lab` does to a running lab: its output, what it refuses, and what status shows afterwards. */
import assert from "node:assert/strict";
import { CoreV1Api } from "@kubernetes/client-node";
import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import type { LabReportData } from "../../cli/labReport.ts";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import { nodes } from "../../lab/layout.ts";
import { CommandError, run } from "../../lab/tools/command.ts";
import { Project } from "./project.ts";
import { eventually } from "./eventually.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

describe("npm run lab on a running lab", function () {
  this.timeout(minutes(10));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
  });
  after(async function () {
    this.timeout(minutes(2));
    await project.remove();
  });

  const lab = (...words: readonly string[]): Promise<string> => project.succeed("lab", ...words);
  const refuses = async (words: readonly string[], reason: RegExp, expected = 1): Promise<void> => {
    const { status, stderr } = await project.run("lab", ...words);
    assert.match(stderr, reason);
    assert.equal(status, expected);
  };
  const status = async (): Promise<LabReportData> =>
    JSON.parse((await project.run("lab", "status", "--json")).stdout) as LabReportData;
  const processOf = async (name: string) => (await status()).processes.find((each) => each.name === name);
  const nodeNames = async (): Promise<string[]> => {
    const core = loadKubeconfig(project.settings.kubeconfig).makeApiClient(CoreV1Api);
    const { items } = await core.listNode();
    return items.map(({ metadata }) => metadata?.name ?? "").sort();
  };
  /** Whether a node's kubelet takes connections from the router. */
  const isReached = async (name: string): Promise<boolean> => {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const address = nodes.find((node) => node.name === name)?.address ?? "";
    const words = ["timeout", "5", "bash", "-c", `exec 3<>/dev/tcp/${address}/10250`];
    const { command, args } = inside(running, "router", words);
    try {
      await run(command, args);
      return true;
    } catch (error) {
      if (error instanceof CommandError) return false;
      throw error;
    }
  };

  it("says that the lab is not running before it is started", async () => {
    await refuses(["kill", "etcd"], /the lab is not running; start it with: npm run lab -- up/);
  });

  it("lists the processes and nodes if a name is wrong or missing", async () => {
    await lab("up");
    await refuses(["kill", "etc"], /there is no process "etc"; there are .*etcd, .*node-a-kubelet/);
    await refuses(["cut", "etcd"], /there is no node "etcd"; there are node-a, node-b, node-c/);
    await refuses(["remove-node", "node-a"], /node-a is one of the lab's own nodes, which stay/);
    await refuses(["remove-node", "node-d"], /there is no spare node "node-d" to remove; none has joined/);
    await refuses(["hold"], /hold needs the name of a process/, 2);
    await refuses(["add-node", "node-d"], /unknown argument "node-d"/, 2);
  });

  it("kills a process, which the lab restarts and reports", async () => {
    assert.match(await lab("kill", "dns"), /dns is killed; the lab starts it again/);
    const isRestarted = async (): Promise<boolean> => {
      const { pid, restarts } = (await processOf("dns")) ?? {};
      return pid !== undefined && restarts === 1;
    };
    await eventually("dns runs again", isRestarted, minutes(1));
    assert.match(await lab("status"), / dns +running since .*; 1 restart, last ended with SIGKILL/);
    assert.match(await lab("logs", "dns"), /\[supervisor\] dns ended \(SIGKILL\); starts again in \d+ ms/);
  });

  it("holds a process until it is released", async () => {
    const name = "kube-scheduler";
    assert.match(await lab("hold", name), /is ended and held; start it again with: npm run lab -- release/);
    assert.match(await lab("status"), /kube-scheduler +held since .*npm run lab -- release kube-scheduler/);
    await refuses(["kill", name], /kube-scheduler is not running: it is held/);
    assert.match(await lab("hold", name), /is ended and held/);
    assert.match(await lab("release", name), /is released/);
    assert.match(await lab("status"), /kube-scheduler +running since/);
  });

  it("cuts a node off, and mends its link", async () => {
    assert.equal(await isReached("node-b"), true);
    assert.match(await lab("cut", "node-b"), /node-b is cut off; mend its link with/);
    assert.match(await lab("status"), /^node-b is cut off; mend its link with: npm run lab -- mend node-b$/m);
    assert.equal(await isReached("node-b"), false);
    assert.match(await lab("mend", "node-b"), /node-b's link is mended/);
    assert.equal(await isReached("node-b"), true);
    assert.doesNotMatch(await lab("status"), /cut off/);
  });

  it("adds a spare node and removes it", async () => {
    const [, instance = ""] = /node-d has joined as instance (i-\w+);/.exec(await lab("add-node")) ?? [];
    assert.deepEqual(await nodeNames(), ["node-a", "node-b", "node-c", "node-d"]);
    assert.match(await lab("status"), /node-d-kubelet +running/);
    await refuses(["add-node"], /every spare node has joined: node-d; remove one with: npm run lab/);
    assert.match(await lab("remove-node", "node-d"), /node-d is removed, and its instance is terminated/);
    assert.deepEqual(await nodeNames(), ["node-a", "node-b", "node-c"]);
    assert.doesNotMatch(await lab("status"), /node-d/);
    const { Reservations = [] } = await labClients(project.settings).ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [instance] }),
    );
    assert.equal(Reservations[0]?.Instances?.[0]?.State?.Name, "terminated");
  });

  it("starts again without spare nodes, held processes or cut links", async () => {
    await lab("add-node");
    await lab("hold", "dns");
    await lab("cut", "node-a");
    await lab("down");
    await refuses(["release", "dns"], /the lab is not running/);
    await lab("up");
    const { processes, cutNodes } = await status();
    assert.deepEqual(
      [
        cutNodes,
        processes.filter(({ held }) => held),
        processes.filter(({ name }) => name.startsWith("node-d")),
      ],
      [[], [], []],
    );
    assert.deepEqual(await nodeNames(), ["node-a", "node-b", "node-c"]);
    assert.equal(await isReached("node-a"), true);
  });
});
