/**
 * A load balancer of the program's whose targets the AWS Load Balancer Controller registers, beside the other ways, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import type { Comparison } from "../../comparison/result/comparison.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { defaultCloud } from "../../lab/clouds/index.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import { run } from "../../lab/tools/command.ts";
import { targetGroupsOf, targetsOf } from "../live/clouds/aws/account.ts";
import { leftoversIn } from "../live/clouds/aws/loadBalancerController/controllerLab.ts";
import { eventually } from "../live/eventually.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const ways = ["attached", "group", "bound", "ccm", "lbc"] as const;
type Way = (typeof ways)[number];

/** The same pods behind a load balancer of each way. @param nodePort of the bound one; Kubernetes chooses without */
const program = (nodePort?: number): string => `
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const http = { name: "http", port: 80, targetPort: "http", appProtocol: "http" };
const options = (range: string) => ({ namespace, selector, ports: [http], loadBalancerSourceRanges: [range] });
const network = await findClusterNetwork("dev");
const group = await findClusterNetwork("dev", { autoscalingGroupNames: ${JSON.stringify(defaultCloud.machineGroups())} });
const own = {
  attached: new NodePortExposure("attached", { ...options("198.51.100.0/28"), network }),
  group: new NodePortExposure("group", { ...options("198.51.100.0/27"), network: group }),
  bound: new NodePortExposure("bound", {
    ...options("198.51.100.0/26"),
    ports: [{ ...http, ...${JSON.stringify({ nodePort })} }],
    network,
    targetGroupBinding: true,
  }),
};
const ccm = new LoadBalancerExposure("ccm", options("198.51.100.0/25"));
const lbc = new LoadBalancerExposure("lbc", { ...options("198.51.100.0/24"), controller: "aws-load-balancer-controller" });
export const hostnames = Object.fromEntries(
  Object.entries({ ...own, ccm, lbc }).map(([name, { addresses }]) => [name, addresses.apply(([first]) => first)]),
);
`;

describe("targets of a hand-made load balancer that the AWS Load Balancer Controller registers", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostnames: Readonly<Record<Way, string>>;

  const elbv2 = () => labClients(project.settings).elbv2;
  const pulumi = (...args: readonly string[]) => project.run("pulumi", ...args, "--non-interactive");

  async function update(nodePort?: number): Promise<void> {
    writeFileSync(join(project.directory, "index.ts"), program(nodePort));
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    const output = await project.succeed("pulumi", "stack", "output", "hostnames", "--json");
    hostnames = JSON.parse(output) as typeof hostnames;
    await healthyTargets(elbv2(), Object.values(hostnames));
  }

  async function answer(way: Way): Promise<string> {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const url = `http://${hostnames[way]}/hostname`;
    const { command, args } = inside(running, "client", ["curl", "-sS", "--max-time", "2", url]);
    return run(command, args);
  }

  const isAnswered = (way: Way): Promise<boolean> =>
    answer(way).then(
      (pod) => pod.startsWith("app-"),
      () => false,
    );

  /** Ids of the targets that are not leaving. */
  async function targets(way: Way): Promise<string[]> {
    const all = await targetsOf(elbv2(), hostnames[way]);
    return all
      .filter(({ TargetHealth }) => TargetHealth?.State !== "draining")
      .map(({ Target }) => Target?.Id ?? "");
  }

  async function readyNodes(): Promise<number> {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    const { items } = await config.makeApiClient(CoreV1Api).listNode();
    return items.filter(({ status }) =>
      status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
    ).length;
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
  });
  after(() => project.remove());

  it("need the controller: without its kind in the cluster, a preview names what is missing", async () => {
    project.configure("lab:loadBalancerController", false);
    project.configure("nodeport-vs-loadbalancer:targetGroupBinding", true);
    await project.succeed("lab", "up");
    const { status, stdout, stderr } = await pulumi("preview");
    assert.notEqual(status, 0);
    assert.match(
      `${stdout}${stderr}`,
      /nodeport-needs-aws-load-balancer-controller\)?[^]*resource 'targetgroupbindings\.elbv2\.k8s\.aws' does not exist/,
    );
    await project.succeed("lab", "down");
    project.configure("lab:loadBalancerController", undefined);
  });

  it("are compared with those of the cloud controller manager: another owner, and all else as usual", async () => {
    // The lab has the controller because the program needs it.
    await project.succeed("lab", "up");
    await project.succeed("up");
    const { nodePort, loadBalancer } = JSON.parse(
      await project.succeed("pulumi", "stack", "output", "--json"),
    ) as Readonly<Record<"nodePort" | "loadBalancer", { readonly hostname: string }>>;
    await healthyTargets(elbv2(), [nodePort.hostname, loadBalancer.hostname]);
    const { stdout, stderr } = await project.run("compare", "--json");
    const { verdict, counts, explanations, predictions, lifeCycle } = JSON.parse(stdout) as Comparison;
    assert.deepEqual(verdict.reasons, [], stderr);
    assert.deepEqual([verdict.kind, counts.unexplained], ["equivalent", 0]);
    assert.ok(explanations.some(({ id }) => id === "targets-of-a-binding"));
    assert.deepEqual(
      predictions.map(({ outcome }) => outcome),
      ["right"],
    );
    const targetsRow = lifeCycle.find(({ object }) => object === "targets, when nodes come and go");
    assert.match(targetsRow?.creates.left ?? "", /^the AWS Load Balancer Controller/);
    await pulumi("preview", "--expect-no-changes").then(({ status, stdout: shown }) => {
      assert.equal(status, 0, shown);
    });
    await project.succeed("destroy");
  });

  it("answer clients as the other ways do", async () => {
    await update();
    for (const way of ways) await eventually(`${way} answers`, () => isAnswered(way));
    const [group] = await targetGroupsOf(elbv2(), hostnames.bound);
    assert.match(group?.TargetGroupName ?? "", /^bound-80-tgb-/);
    assert.equal((await targets("bound")).length, 3);
  });

  it("follow a new node as quickly as the controllers' own, without an update", async () => {
    const before = await targets("bound");
    const registered: Partial<Record<Way, number>> = {};
    const healthy: Partial<Record<Way, number>> = {};
    let readyAt = Number.NaN;
    const look = async (way: Way): Promise<void> => {
      const all = await targetsOf(elbv2(), hostnames[way]);
      if (all.length === 4) registered[way] ??= performance.now();
      if (all.length === 4 && all.every(({ TargetHealth }) => TargetHealth?.State === "healthy"))
        healthy[way] ??= performance.now();
    };
    const joining = project.succeed("lab", "add-node");
    await eventually(
      "all but the attached have a fourth target, which is healthy",
      async () => {
        if (Number.isNaN(readyAt) && (await readyNodes()) === 4) readyAt = performance.now();
        await Promise.all(ways.map(look));
        return ways.every((way) => way === "attached" || healthy[way] !== undefined);
      },
      90_000,
    );
    await joining;
    assert.equal(registered.attached, undefined);
    const updatedAt = performance.now();
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    const updatedFor = (performance.now() - updatedAt) / 1000;
    assert.equal((await targets("attached")).length, 4);
    const seconds = (times: typeof registered) =>
      Object.fromEntries(
        ways
          .filter((way) => way !== "attached")
          .map((way) => [way, Math.round(((times[way] ?? Number.NaN) - readyAt) / 100) / 10]),
      );
    const found = {
      registered: seconds(registered),
      healthy: seconds(healthy),
      update: Math.round(updatedFor * 10) / 10,
    };
    console.log("      in seconds after the node was Ready:", JSON.stringify(found));
    const after = await targets("bound");
    assert.deepEqual(
      before.filter((id) => !after.includes(id)),
      [],
    );
    assert.ok((found.registered.bound ?? Number.NaN) < 10, JSON.stringify(found));
    assert.equal(after.length, 4);
  });

  it("lose a node that is gone, without an update", async () => {
    await project.succeed("lab", "remove-node", "node-d");
    await eventually("the node is no target", async () => (await targets("bound")).length === 3, 60_000);
    await update();
  });

  it("move to a new target group with another node port, and answer again", async () => {
    const [old] = await targetGroupsOf(elbv2(), hostnames.bound);
    await update(30_123);
    const [group] = await targetGroupsOf(elbv2(), hostnames.bound);
    assert.deepEqual([group?.Port, group?.TargetGroupArn === old?.TargetGroupArn], [30_123, false]);
    await eventually("it answers", () => isAnswered("bound"));
    const { status, stdout } = await pulumi("preview", "--expect-no-changes");
    assert.equal(status, 0, stdout);
  });

  it("leave nothing behind", async () => {
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    await eventually(
      "nothing is left",
      async () => (await leftoversIn(labClients(project.settings))).length === 0,
    ).catch(() => undefined);
    assert.deepEqual(await leftoversIn(labClients(project.settings)), []);
  });
});
