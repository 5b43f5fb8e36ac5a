/**
 * The stack on a separate lab from the first deployment to the end: it answers, stays unchanged, takes changes and leaves nothing.
 * These tests prove nothing about AWS itself: its API is emulated, and the clocks run faster.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import type { V1Service } from "@kubernetes/client-node";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { aws } from "../../comparison/clouds/aws/index.ts";
import { scenarios } from "../../comparison/scenarios/catalogue.ts";
import { textOf } from "../../comparison/scenarios/scenario.ts";
import { targetGroupsOf } from "./clouds/aws/account.ts";
import { eventually } from "./eventually.ts";
import { healthyTargets } from "./healthyTargets.ts";
import { Project } from "./project.ts";
import { buildTimeout, liveTools, minutes } from "./tools.ts";

interface Outputs {
  readonly nodePort: {
    readonly url: string;
    readonly hostname: string;
    readonly namespace: string;
    readonly nodePorts: { readonly http: number };
  };
  readonly loadBalancer: {
    readonly url: string;
    readonly hostname: string;
    readonly namespace: string;
    readonly nodePorts: { readonly http: number };
  };
}

describe("the stack dev on the lab", function () {
  this.timeout(minutes(10));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    // Registration of a target takes 3 s instead of 180.
    project.configure("lab:timeScale", 60);
  });
  after(() => project.remove());

  const outputs = async (): Promise<Outputs> =>
    JSON.parse(await project.succeed("pulumi", "stack", "output", "--json")) as Outputs;
  /** The comparison once all targets are healthy, as npm start has it, but without the scenarios. */
  const compared = async ({ nodePort, loadBalancer }: Outputs): Promise<string> => {
    const { elbv2 } = labClients(project.settings);
    await healthyTargets(elbv2, [nodePort.hostname, loadBalancer.hostname]);
    return project.succeed("compare");
  };
  const cluster = (): CoreV1Api => {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    return config.makeApiClient(CoreV1Api);
  };
  const services = async (): Promise<V1Service[]> => {
    const { items } = await cluster().listServiceForAllNamespaces();
    return items.filter(({ spec }) => spec?.type !== "ClusterIP");
  };
  // Over a connection of its own: a security group's new rules leave open connections alone, on AWS as on the lab.
  const answers = async (port: number): Promise<string> => {
    const request = { headers: { connection: "close" }, signal: AbortSignal.timeout(5000) };
    return (await fetch(`http://127.0.0.1:${port}/hostname`, request)).text();
  };

  const isSilent = (port: number) => (): Promise<boolean> =>
    answers(port).then(
      () => false,
      () => true,
    );

  it("cannot be deployed while the lab is not running, and says how to start it", async () => {
    for (const [command, ...args] of [["up"], ["destroy"], ["pulumi", "up", "--yes"]] as const) {
      const { status, stderr } = await project.run(command, ...args);
      assert.match(stderr, /the lab is not running; start it with: npm run lab -- up/);
      assert.equal(status, 1);
    }
  });

  it("is deployed and found equivalent by npm start, which exits with 0", async () => {
    const { status, stdout, stderr } = await project.run("start");
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(
      stdout,
      /^Equivalent: \d+ aspects the same, \d+ different for a known reason, 0 unexplained;\n\d+ predictions right, 0 wrong\.$/m,
    );
    for (const { title } of scenarios.filter(({ quick }) => quick))
      assert.match(stdout, new RegExp(`^  = ${textOf(title, aws.words)}: \\d+ same;`, "m"));
    const page = readFileSync(join(project.settings.directory, "comparison.html"), "utf8");
    assert.match(page, /What happens to traffic/);
    assert.match(page, /<svg[^]*listener TCP 80[^]*<\/svg>/);
    assert.match(page, /Equivalent: \d+ aspects the same/);
  }).timeout(minutes(20));

  it("answers on the host's ports, each way with its own pods", async () => {
    const { nodePort, loadBalancer } = await outputs();
    const { ports } = project.settings;
    assert.match(await answers(ports.nodePort), new RegExp(`^${nodePort.namespace.replace(/-[^-]*$/, "")}`));
    assert.match(
      await answers(ports.loadBalancer),
      new RegExp(`^${loadBalancer.namespace.replace(/-[^-]*$/, "")}`),
    );
  });

  it("is not changed by a second npm start", async () => {
    const stdout = await project.succeed("start");
    assert.match(stdout, /the lab: already running/);
    assert.match(stdout, /pulumi up, stack dev: 16 unchanged/);
    assert.match(stdout, /the scenarios' exposures: as they were/);
  });

  it("has no change in pulumi preview", async () => {
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("says in pulumi preview how full the nodes' security group is, and refuses a rule too many", async () => {
    const said = /The nodes' security group sg-\w+ has (?<there>\d+) rules, outbound ones included\./;
    const output = await project.succeed("pulumi", "preview", "--non-interactive");
    const there = Number(said.exec(output)?.groups?.there);
    assert.ok(there > 1, output);
    // One of them is outbound.
    project.configure("nodeport-vs-loadbalancer:quotas", { rulesPerSecurityGroup: there - 1 });
    project.configure("nodeport-vs-loadbalancer:ports", [
      { name: "http", port: 80 },
      { name: "more", port: 81 },
    ]);
    const { status, stdout } = await project.run("pulumi", "preview", "--non-interactive");
    project.configure("nodeport-vs-loadbalancer:quotas", undefined);
    project.configure("nodeport-vs-loadbalancer:ports", undefined);
    assert.notEqual(status, 0, stdout);
    assert.match(stdout, /AWS will refuse what exceeds it/);
  });

  it("has no change in pulumi refresh", async () => {
    await project.succeed("pulumi", "refresh", "--yes", "--expect-no-changes", "--non-interactive");
  });

  it("takes a changed option on both sides", async () => {
    project.configure("nodeport-vs-loadbalancer:crossZoneLoadBalancing", true);
    project.configure("nodeport-vs-loadbalancer:replicas", 2);
    assert.match(await project.succeed("up"), /4 updated|3 updated/);
    const stdout = await compared(await outputs());
    // One line for both sides, because they have the same value.
    assert.match(stdout, / load_balancing\.cross_zone\.enabled=true /);
    assert.match(stdout, /^Equivalent: /m);
  });

  it("replaces a node port without losing the exposure", async () => {
    const before = await outputs();
    const port = 30080;
    project.configure("nodeport-vs-loadbalancer:ports", [
      { name: "http", port: 80, nodePorts: { nodePort: port, loadBalancer: port + 1 } },
    ]);
    await project.succeed("up");
    const after = await outputs();
    const stdout = await compared(after);
    assert.deepEqual([after.nodePort.nodePorts.http, after.loadBalancer.nodePorts.http], [port, port + 1]);
    assert.equal(after.nodePort.url, before.nodePort.url);
    assert.equal(after.loadBalancer.url, before.loadBalancer.url);
    assert.match(stdout, /^Equivalent: /m);
    // Only the stack's load balancers: the scenarios' exposures have their own.
    const { elbv2 } = labClients(project.settings);
    const groups = await Promise.all(
      [after.nodePort, after.loadBalancer].map(({ hostname }) => targetGroupsOf(elbv2, hostname)),
    );
    assert.deepEqual(
      groups.map((of) => of.map(({ Port }) => Port)),
      [[port], [port + 1]],
    );
    // No unused target group is left behind.
    const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}));
    assert.deepEqual(
      TargetGroups.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length === 0),
      [],
    );
  });

  it("supports several ports and source ranges next to the scenarios' exposures", async () => {
    const office = ["198.51.100.0/24", "203.0.113.0/24"];
    project.configure("nodeport-vs-loadbalancer:ports", [
      { name: "http", port: 80 },
      { name: "admin", port: 8080 },
    ]);
    project.configure("nodeport-vs-loadbalancer:loadBalancerSourceRanges", office);
    await project.succeed("up");
    assert.match(await compared(await outputs()), /^Equivalent: /m);
    const { ports } = project.settings;
    assert.match(await answers(ports.nodePort), /^nodeport-/);
    assert.match(await answers(ports.loadBalancer), /^loadbalancer-/);
    // The lab's client is in the first of them.
    project.configure("nodeport-vs-loadbalancer:loadBalancerSourceRanges", office.slice(1));
    project.configure("nodeport-vs-loadbalancer:ports", undefined);
    await project.succeed("up");
    for (const port of [ports.nodePort, ports.loadBalancer]) await eventually("it is closed", isSilent(port));
    project.configure("nodeport-vs-loadbalancer:loadBalancerSourceRanges", ["0.0.0.0/0"]);
  });

  it("names an image that the lab does not have, and recovers with another one", async () => {
    project.configure("nodeport-vs-loadbalancer:image", "registry.example/none:1");
    const { status, stderr } = await project.run("up");
    assert.equal(status, 1);
    assert.match(stderr, /Deployment (nodeport|loadbalancer): .*registry\.example\/none:1/s);
    project.configure("nodeport-vs-loadbalancer:image", undefined);
    await project.succeed("up");
  });

  it("refuses a node port out of range, and names the value and the range", async () => {
    project.configure("nodeport-vs-loadbalancer:ports", [
      { name: "http", port: 80, nodePorts: { nodePort: 80 } },
    ]);
    const { status, stderr } = await project.run("up");
    assert.equal(status, 1);
    assert.match(stderr, /80.*30000.*32767/s);
    project.configure("nodeport-vs-loadbalancer:ports", undefined);
  });

  it("names the Service that has a node port already in pulumi preview, which changes nothing", async () => {
    const squatter = { name: "squatter", namespace: "default" };
    const spec = { type: "NodePort", ports: [{ port: 80, nodePort: 30090 }] };
    const service = { apiVersion: "v1", kind: "Service", metadata: squatter, spec };
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    await KubernetesObjectApi.makeApiClient(config).create(service);
    project.configure("nodeport-vs-loadbalancer:ports", [
      { name: "http", port: 80, nodePorts: { nodePort: 30090 } },
    ]);
    const before = await services();
    const { status, stdout, stderr } = await project.run("pulumi", "preview", "--non-interactive");
    assert.notEqual(status, 0);
    assert.match(
      `${stdout}\n${stderr}`,
      /provided port is already allocated; Service default\/squatter has node port 30090/,
    );
    const versions = (of: readonly V1Service[]) => of.map(({ metadata }) => metadata?.resourceVersion);
    assert.deepEqual(versions(await services()), versions(before));
    await cluster().deleteNamespacedService(squatter);
    // With the port free again the same preview succeeds.
    assert.match(await project.succeed("pulumi", "preview", "--diff", "--non-interactive"), /30090/);
    project.configure("nodeport-vs-loadbalancer:ports", undefined);
    await project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("is restored after the lab was down", async () => {
    await project.succeed("lab", "down");
    const { ports } = project.settings;
    await assert.rejects(answers(ports.nodePort));
    await project.succeed("lab", "up");
    await project.succeed("up", "--refresh");
    assert.match(await compared(await outputs()), /^Equivalent: /m);
  });

  it("leaves nothing in the cluster and on AWS when it is destroyed", async () => {
    await project.succeed("destroy");
    assert.deepEqual(
      (await services()).map(({ metadata }) => metadata?.name),
      [],
    );
    const client = labClients(project.settings).elbv2;
    const { LoadBalancers } = await client.send(new DescribeLoadBalancersCommand({}));
    const { TargetGroups } = await client.send(new DescribeTargetGroupsCommand({}));
    assert.deepEqual([LoadBalancers, TargetGroups], [[], []]);
    const { items } = await cluster().listNamespace();
    assert.deepEqual(
      items
        .map(({ metadata }) => metadata?.name)
        .filter((name) => /^(nodeport|loadbalancer)/.test(name ?? "")),
      [],
    );
    const { nodePort, loadBalancer } = project.settings.ports;
    for (const port of [nodePort, loadBalancer])
      assert.match(await answers(port), /no load balancer of this kind is deployed/);
  });
});
