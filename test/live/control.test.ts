/** A running lab driven from the host, as scenarios drive it: processes that fail, nodes that are cut off, join and leave. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DescribeInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { Instance } from "@aws-sdk/client-ec2";
import { controlLab } from "../../lab/control/client.ts";
import type { LabControl } from "../../lab/control/client.ts";
import { labFiles, readJson } from "../../lab/files.ts";
import type { KeeperRecord } from "../../lab/keeper/record.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import type { Lab } from "../../lab/lab.ts";
import { region } from "../../lab/layout.ts";
import { searchPath } from "../../lab/requirements/machine.ts";
import type { ProcessStatus } from "../../lab/supervisor/process.ts";
import { leftovers, traces } from "./leftovers.ts";
import { eventually } from "./nlb/bed.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools } from "./tools.ts";

const minutes = (count: number): number => count * 60_000;

/** How an attempt to connect ends: `silence` if nobody says anything in two seconds. */
type Attempt = "connected" | "silence" | "refused";

describe("a running lab, driven from the host", function () {
  this.timeout(minutes(6));
  let project: Project;
  let before_: string[];
  let lab: Lab;
  let control: LabControl;
  let kubectlProgram: string;

  before(async function () {
    this.timeout(buildTimeout);
    kubectlProgram = join((await liveTools()).bin, "kubectl");
    project = await Project.make();
    before_ = traces(project.directory);
    await up();
  });
  after(() => project.remove());

  async function up(): Promise<void> {
    await project.succeed("lab", "up");
    const { running } = labStatus(project.settings.directory);
    assert.ok(running);
    lab = running;
    control = controlLab(lab);
  }

  const output = (place: string, ...argv: string[]): string => {
    const { command, args } = inside(lab, place, argv);
    return execFileSync(command, args, {
      encoding: "utf8",
      env: { ...process.env, PATH: searchPath() },
    });
  };
  const attempt = (place: string, address: string, port: number): Attempt => {
    const connect = `exec 3<>/dev/tcp/${address}/${port}`;
    const { command, args } = inside(lab, place, ["timeout", "2", "bash", "-c", connect]);
    const { status } = spawnSync(command, args, { stdio: "ignore" });
    return ({ 0: "connected", 124: "silence" } as const)[status ?? 1] ?? "refused";
  };
  const kubectl = (...args: string[]): string =>
    execFileSync(kubectlProgram, ["--kubeconfig", project.settings.kubeconfig, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const nodeNames = (): string[] => kubectl("get", "nodes", "--output", "name").trim().split("\n");
  const processes = (): readonly ProcessStatus[] => labStatus(lab.directory).last?.processes ?? [];
  const processNamed = (name: string): ProcessStatus =>
    processes().find((each) => each.name === name) ?? assert.fail(`no process ${name}`);
  const instances = async (): Promise<Instance[]> => {
    const endpoint = `http://127.0.0.1:${project.settings.ports.aws}`;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const ec2 = new EC2Client({ endpoint, region, credentials });
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    ec2.destroy();
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  };
  const stateOf = async (instanceId: string): Promise<string | undefined> =>
    (await instances()).find(({ InstanceId }) => InstanceId === instanceId)?.State?.Name;

  it("refuses names that there are not, naming those there are", async () => {
    await assert.rejects(
      control.hold("nonsense"),
      /^Error: there is no process "nonsense"; there are .*etcd/,
    );
    await assert.rejects(
      control.cut("node-d"),
      /^Error: there is no node "node-d"; there are node-a, node-b, node-c$/,
    );
    await assert.rejects(control.removeNode("node-a"), /node-a is one of the lab's own nodes, which stay/);
    await assert.rejects(
      control.removeNode("node-d"),
      /there is no spare node "node-d" to remove; none has joined/,
    );
    assert.throws(
      () => inside(lab, "node-d", ["true"]),
      /"node-d" is no place in the lab; there are router, client/,
    );
    const { status, stderr } = await project.run("lab", "kill", "nonsense");
    assert.equal(status, 1);
    assert.match(stderr, /^error: there is no process "nonsense"/);
  });

  it("keeps a process ended while it is held, and says so", async () => {
    assert.match(await project.succeed("lab", "hold", "kube-apiserver"), /kube-apiserver is ended and held/);
    assert.throws(() => nodeNames(), /refused|EOF|reset/);
    assert.match(await project.succeed("lab", "status"), /kube-apiserver +held; start it with/);
    assert.deepEqual(
      [processNamed("kube-apiserver").held, processNamed("kube-apiserver").pid],
      [true, undefined],
    );
    await assert.rejects(control.kill("kube-apiserver"), /kube-apiserver is not running: it is held/);
    await control.release("kube-apiserver");
    assert.equal(processNamed("kube-apiserver").held, false);
    await eventually("the API server answers", () => attemptNodes() === 3, minutes(1));
  });

  const attemptNodes = (): number => {
    try {
      return nodeNames().length;
    } catch {
      return 0;
    }
  };

  it("starts a killed process again, also one that runs on a node", async () => {
    for (const name of ["dns", "node-a-kube-proxy"]) {
      const { pid, restarts } = processNamed(name);
      await control.kill(name);
      await eventually(
        `${name} runs again`,
        () => ![undefined, pid].includes(processNamed(name).pid),
        minutes(1),
      );
      assert.deepEqual([processNamed(name).restarts, processNamed(name).lastExit], [restarts + 1, "SIGKILL"]);
    }
  });

  it("cuts a node off so that both sides hear nothing, and mends it to what it was", async () => {
    const routes = (): string =>
      ["router", "node-b"]
        .map((place) => output(place, "ip", "address") + output(place, "ip", "route"))
        .join();
    const before = routes();
    assert.equal(attempt("router", "10.0.16.10", 10250), "connected");
    assert.equal(attempt("router", "10.0.16.10", 9), "refused");
    await control.cut("node-b");
    await control.cut("node-b");
    for (const port of [10250, 9]) assert.equal(attempt("router", "10.0.16.10", port), "silence");
    assert.equal(attempt("node-b", "10.0.0.3", 6443), "silence");
    assert.equal(attempt("node-a", "10.0.16.10", 10250), "silence");
    assert.equal(attempt("node-a", "10.0.32.10", 10250), "connected");
    assert.match(await project.succeed("lab", "status"), /node-b is cut off; mend its link with/);
    await control.mend("node-b");
    for (const from of ["router", "node-a"]) assert.equal(attempt(from, "10.0.16.10", 10250), "connected");
    assert.equal(attempt("node-b", "10.0.0.3", 6443), "connected");
    assert.equal(routes(), before);
    assert.deepEqual(labStatus(lab.directory).last?.cutNodes, []);
  });

  describe("with a node that joins", () => {
    let instanceId: string;

    it("has one more node, Ready, an instance like the others", async () => {
      const added = await control.addNode();
      assert.equal(added.name, "node-d");
      ({ instanceId } = added);
      const node = JSON.parse(kubectl("get", "node", "node-d", "--output", "json")) as {
        spec: { providerID: string };
        metadata: { labels: Record<string, string> };
        status: { conditions: { type: string; status: string }[] };
      };
      assert.equal(node.spec.providerID, `aws:///us-west-2a/${instanceId}`);
      assert.equal(node.metadata.labels["topology.kubernetes.io/zone"], "us-west-2a");
      assert.equal(node.status.conditions.find(({ type }) => type === "Ready")?.status, "True");
      const all = (await instances()).filter(({ State }) => State?.Name === "running");
      assert.equal(all.length, 4);
      const own = all.find((instance) => instance.InstanceId === instanceId);
      assert.equal(own?.PrivateIpAddress, "10.0.0.11");
      assert.ok(own.Tags?.some(({ Key, Value }) => Key === "kubernetes.io/cluster/dev" && Value === "owned"));
      for (const { SecurityGroups } of all) assert.deepEqual(SecurityGroups, own.SecurityGroups);
    });

    it("runs pods on it, reachable from everywhere, and commands", () => {
      assert.equal(output("node-d", "hostname").trim(), "node-d");
      const image = "registry.k8s.io/e2e-test-images/agnhost:2.59";
      const overrides = JSON.stringify({ spec: { nodeName: "node-d" } });
      kubectl(
        "run",
        "there",
        `--image=${image}`,
        `--overrides=${overrides}`,
        "--",
        "netexec",
        "--http-port=8080",
      );
      kubectl("wait", "--for=condition=Ready", "pod/there", "--timeout=120s");
      const address = kubectl("get", "pod", "there", "--output", "jsonpath={.status.podIP}");
      for (const from of ["node-a", "node-c", "router"])
        assert.equal(attempt(from, address, 8080), "connected");
    });

    it("refuses another while none is left, and cuts this one off like the others", async () => {
      await assert.rejects(
        control.addNode(),
        /every spare node has joined: node-d; remove one with: npm run lab/,
      );
      await control.cut("node-d");
      assert.equal(attempt("router", "10.0.0.11", 10250), "silence");
    });

    it("loses it without a trace when it is removed, although it is cut off", async () => {
      await control.removeNode("node-d");
      assert.deepEqual(nodeNames(), ["node/node-a", "node/node-b", "node/node-c"]);
      assert.equal(await stateOf(instanceId), "terminated");
      assert.deepEqual(
        processes().filter(({ name }) => name.startsWith("node-d")),
        [],
      );
      assert.deepEqual(labStatus(lab.directory).last?.cutNodes, []);
      for (const argv of [["netns"], ["link"], ["route"]]) {
        assert.doesNotMatch(output("router", "ip", ...argv), /node-d|10\.0\.0\.11|10\.244\.4\./);
      }
      assert.doesNotMatch(output("router", "nft", "list", "tables"), /node-d/);
      assert.doesNotMatch(output("router", "cat", "/proc/self/mountinfo"), /node-d/);
      assert.doesNotMatch(
        output("router", "sh", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"),
        /nodes\/node-d/,
      );
      assert.ok(!existsSync(join(labFiles(lab.directory).nodes, "node-d")));
      assert.throws(() => inside(lab, "node-d", ["true"]), /"node-d" is no place in the lab/);
    });

    for (const [name, api] of [
      ["aws-api", "the AWS API"],
      ["kube-apiserver", "the Kubernetes API"],
    ] as const) {
      it(`does not begin while ${api} is down, and says so`, async () => {
        await control.hold(name);
        await assert.rejects(control.addNode(), new RegExp(`node-d was not added: ${api}: .*refused`, "is"));
        assert.deepEqual(
          processes().filter((each) => each.name.startsWith("node-d")),
          [],
        );
        await control.release(name);
        await eventually("the cluster answers", () => attemptNodes() === 3, minutes(1));
        await eventually(
          "the account answers",
          () =>
            instances().then(
              () => true,
              () => false,
            ),
          minutes(1),
        );
        const running = (await instances()).filter(({ State }) => State?.Name === "running");
        assert.equal(running.length, 3);
      });
    }

    it("takes it again, and leaves nothing on the host when the lab goes down", async () => {
      assert.match(await project.succeed("lab", "add-node"), /node-d has joined, as instance i-/);
      await project.succeed("lab", "down");
      assert.deepEqual(await leftovers(project.directory, before_), []);
    });

    it("has the usual three nodes at the next start", async () => {
      await up();
      assert.deepEqual(nodeNames(), ["node/node-a", "node/node-b", "node/node-c"]);
      const running = (await instances()).filter(({ State }) => State?.Name === "running");
      assert.equal(running.length, 3);
    });

    it("leaves nothing on the host when its keeper is killed", async () => {
      await control.addNode();
      const { pid } = readJson(labFiles(lab.directory).keeper) as KeeperRecord;
      process.kill(pid, "SIGKILL");
      assert.deepEqual(await leftovers(project.directory, before_), []);
      await up();
      assert.deepEqual(nodeNames(), ["node/node-a", "node/node-b", "node/node-c"]);
      assert.ok(!existsSync(join(labFiles(lab.directory).nodes, "node-d")));
    });
  });
});
