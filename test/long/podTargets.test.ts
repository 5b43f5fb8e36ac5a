/**
 * Pods as targets, of a LoadBalancer Service and of a load balancer of the program's, beside nodes as targets, on a separate lab.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { inside, labStatus } from "../../lab/lab.ts";
import { run } from "../../lab/tools/command.ts";
import { targetGroupsOf, targetsOf } from "../live/clouds/aws/account.ts";
import { leftoversIn } from "../live/clouds/aws/loadBalancerController/controllerLab.ts";
import { eventually } from "../live/eventually.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const ways = ["nodes", "pods", "bound", "clusterIp", "joined", "joinedBeside"] as const;
type Way = (typeof ways)[number];

const program = `
import { Service } from "@pulumi/kubernetes/core/v1/index.js";
import { EchoApp, findClusterNetwork, LoadBalancerExposure, NetworkLoadBalancer, NodePortExposure } from "./components/index.ts";

const { namespace, selector } = new EchoApp("app");
const port = { name: "http", port: 80, targetPort: 8080, appProtocol: "http" };
const options = (range: string) => ({ namespace, selector, ports: [port], loadBalancerSourceRanges: [range] });
const network = await findClusterNetwork("dev");
const nodes = new NodePortExposure("nodes", { ...options("198.51.100.0/24"), network });
const pods = new LoadBalancerExposure("pods", {
  ...options("198.51.100.0/24"),
  controller: "aws-load-balancer-controller",
  targetType: "ip",
  allocateLoadBalancerNodePorts: false,
});
const bound = new NodePortExposure("bound", {
  ...options("198.51.100.0/24"),
  network,
  targetType: "ip",
  targetGroupBinding: true,
  securityGroups: "own",
});
const service = new Service("cluster-ip", { metadata: { namespace }, spec: { selector, ports: [{ name: "http", port: 80, targetPort: 8080 }] } });
const clusterIp = new NetworkLoadBalancer("edge", {
  network,
  targetType: "ip",
  ports: [{ name: "http", port: 80, nodePort: 8080 }],
  loadBalancerSourceRanges: ["198.51.100.0/26"],
  sharedNodeRules: false,
  targetGroupBinding: { namespace, serviceName: service.metadata.name },
});
const shared = new NetworkLoadBalancer("shared", { network, securityGroups: "own" });
const [joined, joinedBeside] = [80, 8080].map(
  (number) =>
    new NodePortExposure("joined-" + number, {
      ...options("198.51.100.0/24"),
      ports: [{ ...port, port: number }],
      network,
      loadBalancer: shared,
      targetType: "ip",
      targetGroupBinding: true,
    }),
);
const first = ({ addresses }: { addresses: typeof nodes.addresses }) => addresses.apply(([host]) => host);
export const hostnames = { nodes: first(nodes), pods: first(pods), bound: first(bound), clusterIp: clusterIp.dnsName, joined: first(joined), joinedBeside: first(joinedBeside) };
export const services = Object.fromEntries(
  Object.entries({ nodes, pods, bound }).map(([name, { service }]) => [
    name,
    service.metadata.apply((metadata) => \`\${metadata.namespace}/\${metadata.name}\`),
  ]),
);
`;

describe("pods as targets beside nodes as targets", function () {
  this.timeout(minutes(5));
  let project: Project;
  let hostnames: Readonly<Record<Way, string>>;

  const elbv2 = () => labClients(project.settings).elbv2;

  async function answer(way: Way): Promise<string> {
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const port = way === "joinedBeside" ? 8080 : 80;
    const url = `http://${hostnames[way]}:${port}/hostname`;
    const { command, args } = inside(running, "client", ["curl", "-sS", "--max-time", "2", url]);
    return run(command, args);
  }

  /** The addresses of the app's pods that run. */
  async function podAddresses(): Promise<string[]> {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    const { items } = await config.makeApiClient(CoreV1Api).listPodForAllNamespaces();
    return items
      .filter(({ metadata }) => metadata?.name?.startsWith("app-") === true)
      .map(({ status }) => status?.podIP ?? "")
      .sort();
  }

  const targets = async (way: Way): Promise<string[]> =>
    (await targetsOf(elbv2(), hostnames[way])).map(
      ({ Target }) => `${Target?.Id ?? ""}:${Target?.Port ?? 0}`,
    );

  async function loadBalancerName(hostname: string): Promise<string> {
    const { LoadBalancers = [] } = await elbv2().send(new DescribeLoadBalancersCommand({}));
    return (
      LoadBalancers.find(({ DNSName }) => DNSName === hostname)?.LoadBalancerName ?? assert.fail(hostname)
    );
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:loadBalancerController", true);
    await project.succeed("lab", "up");
    writeFileSync(join(project.directory, "index.ts"), program);
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    hostnames = await project.output<typeof hostnames>("hostnames");
    await healthyTargets(elbv2(), Object.values(hostnames));
  });
  after(() => project.remove());

  it("answer clients, by the controller's load balancer and by the program's, also behind a Service of type ClusterIP and where exposures share one", async () => {
    for (const way of ways)
      await eventually(`${way} answers`, () =>
        answer(way).then(
          (pod) => pod.startsWith("app-"),
          () => false,
        ),
      );
    const expected = (await podAddresses()).map((address) => `${address}:8080`);
    for (const way of ["pods", "bound", "clusterIp"] as const) {
      assert.deepEqual((await targets(way)).sort(), expected, way);
      const [group] = await targetGroupsOf(elbv2(), hostnames[way]);
      assert.equal(group?.TargetType, "ip", way);
    }
    // Each of the two that share a load balancer has a target group.
    assert.deepEqual((await targets("joined")).sort(), [...expected, ...expected].sort());
  });

  it("are compared with nodes: every difference has an explanation, and the prediction is right", async () => {
    const { nodes, pods } = await project.output<Readonly<Record<Way, string>>>("services");
    project.environment = cloudEnvironment(project.settings);
    const { verdict, counts, explanations, predictions } = await project.compared([nodes, pods]);
    assert.deepEqual(verdict.reasons, []);
    assert.deepEqual([verdict.kind, counts.unexplained], ["equivalent", 0]);
    const ids = explanations.map(({ id }) => id);
    for (const id of ["pods-as-targets", "no-node-ports"]) assert.ok(ids.includes(id), ids.join(", "));
    assert.deepEqual(
      predictions.map(({ outcome, wrong }) => [outcome, wrong]),
      [["right", []]],
    );
  });

  it("are compared with those of the program's load balancer, which has to be named", async () => {
    const { bound, pods } = await project.output<Readonly<Record<Way, string>>>("services");
    const unnamed = await project.compared([bound, pods]);
    assert.equal(unnamed.verdict.kind, "incomplete");
    assert.match(unnamed.verdict.reasons.join("\n"), /lead to its pods, perhaps for another Service/);
    const names = await Promise.all([hostnames.bound, hostnames.pods].map(loadBalancerName));
    const { verdict, predictions } = await project.compared(
      [bound, pods],
      names.flatMap((name) => ["--load-balancer", name]),
    );
    // The program's own group admits path MTU discovery, and the controller's does so only on request.
    assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    assert.match(
      verdict.reasons[0] ?? "",
      /^firewall, rules on the nodes: .+ to path MTU discovery \(icmp 3\/4\)$/,
    );
    assert.deepEqual(
      predictions.map(({ outcome, wrong }) => [outcome, wrong]),
      [["right", []]],
    );
  });

  it("change nothing at the next update", async () => {
    const { status, stdout } = await project.run(
      "pulumi",
      "preview",
      "--expect-no-changes",
      "--non-interactive",
    );
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
