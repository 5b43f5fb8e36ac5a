/**
 * Updates that need care about what AWS keeps once, on a separate lab: each in one `npm run up`, both ways.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { CoreV1Api, KubeConfig, V1Service } from "@kubernetes/client-node";
import { pendingServices } from "../../comparison/sources/pendingServices.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { targetGroupsOf } from "../live/clouds/aws/account.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

interface Way {
  readonly hostname: string;
  readonly nodePorts: Readonly<Record<string, number>>;
}

interface Outputs {
  readonly nodePort: Way;
  readonly loadBalancer: Way;
}

const tcp = [
  { name: "http", port: 80 },
  { name: "alt", port: 8080 },
];

const withNodePorts = (nodePorts: readonly [number, number], loadBalancer: readonly [number, number]) =>
  tcp.map((port, index) => ({
    ...port,
    nodePorts: { nodePort: nodePorts[index], loadBalancer: loadBalancer[index] },
  }));

/** One after the other; each is an update of the one before. */
const changes: readonly [change: string, keys: Readonly<Record<string, unknown>>][] = [
  [
    "exchanges the ports' numbers",
    {
      ports: [
        { name: "web", port: 8080 },
        { name: "alt", port: 80 },
      ],
    },
  ],
  [
    "gives a port another number",
    {
      ports: [
        { name: "web", port: 8081 },
        { name: "alt", port: 80 },
      ],
    },
  ],
  [
    "turns TCP into UDP on the same numbers",
    {
      ports: [
        { name: "web", port: 8081, protocol: "UDP" },
        { name: "alt", port: 80, protocol: "UDP" },
      ],
      healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz" },
    },
  ],
  ["turns UDP into TCP", { ports: tcp, healthCheck: undefined }],
  ["names a subnet of the health checks as a range", { loadBalancerSourceRanges: ["10.0.0.0/20"] }],
  ["merges it with another subnet's", { loadBalancerSourceRanges: ["10.0.0.0/19"] }],
  ["names a range outside the subnets", { loadBalancerSourceRanges: ["203.0.113.0/24"] }],
  ["fixes node ports", { ports: withNodePorts([30080, 30081], [30082, 30083]) }],
  // Only of the NodePort Service: the cloud controller manager does not follow node ports that two ports of a Service exchange.
  ["exchanges the NodePort Service's node ports", { ports: withNodePorts([30081, 30080], [30082, 30083]) }],
  ["checks the nodes at a node port", { healthCheck: { port: 30080 } }],
  [
    "goes back to the beginning",
    { ports: tcp, healthCheck: undefined, loadBalancerSourceRanges: ["0.0.0.0/0"] },
  ],
];

describe("an update of the stack dev", function () {
  this.timeout(minutes(5));
  let project: Project;

  const configure = (keys: Readonly<Record<string, unknown>>) => {
    for (const [key, value] of Object.entries(keys))
      project.configure(`nodeport-vs-loadbalancer:${key}`, value);
  };
  const outputs = async (): Promise<Outputs> =>
    JSON.parse(await project.succeed("pulumi", "stack", "output", "--json")) as Outputs;
  const noChangesLeft = () =>
    project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");

  /** ARNs of both load balancers' target groups. */
  async function targetGroups({ nodePort, loadBalancer }: Outputs): Promise<(string | undefined)[]> {
    const { elbv2 } = labClients(project.settings);
    const names = [nodePort.hostname, loadBalancer.hostname];
    const groups = await Promise.all(names.map((name) => targetGroupsOf(elbv2, name)));
    return groups
      .flat()
      .map((group) => group.TargetGroupArn)
      .sort();
  }

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    configure({ ports: tcp });
    await project.succeed("lab", "up");
    await project.succeed("up");
  });
  after(() => project.remove());

  it("renames a port without a new object in either way", async () => {
    const before = await outputs();
    const groups = await targetGroups(before);
    configure({
      ports: [
        { name: "web", port: 80 },
        { name: "alt", port: 8080 },
      ],
    });
    const output = await project.succeed("up");
    assert.doesNotMatch(output, /\d (created|replaced|deleted)/);
    const after = await outputs();
    for (const way of ["nodePort", "loadBalancer"] as const) {
      assert.equal(after[way].hostname, before[way].hostname);
      const { http, alt } = before[way].nodePorts;
      assert.deepEqual(after[way].nodePorts, { web: http, alt });
    }
    assert.equal(groups.length, 4);
    assert.deepEqual(await targetGroups(after), groups);
    await noChangesLeft();
  });

  for (const [change, keys] of changes) {
    it(change, async () => {
      configure(keys);
      await project.succeed("up");
      await noChangesLeft();
    });
  }

  it("tells why a Service waits for a load balancer: what is known of the controller, then its warning", async () => {
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    const api = config.makeApiClient(CoreV1Api);
    const body = Object.assign(new V1Service(), {
      metadata: {
        name: "sticky",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
      },
      spec: { type: "LoadBalancer", sessionAffinity: "ClientIP", ports: [{ port: 80 }] },
    });
    await api.createNamespacedService({ namespace: "default", body });
    try {
      const sentence =
        /^Service default\/sticky has no load balancer yet: .*ClientIP.*; its last warning is .*SyncLoadBalancerFailed/;
      const deadline = Date.now() + 30_000;
      let reasons: string[] = [];
      while (!reasons.some((reason) => sentence.test(reason)) && Date.now() < deadline) {
        await setTimeout(500);
        reasons = await pendingServices(config, cloudEnvironment(project.settings));
      }
      assert.match(reasons.join("\n"), sentence);
      assert.equal(reasons.length, 1);
    } finally {
      await api.deleteNamespacedService({ namespace: "default", name: "sticky" });
    }
  });

  it("leaves both ways equivalent", async () => {
    const { nodePort, loadBalancer } = await outputs();
    await healthyTargets(labClients(project.settings).elbv2, [nodePort.hostname, loadBalancer.hostname]);
    assert.match(await project.succeed("compare"), /^Equivalent: /m);
  });
});
