/**
 * One hand-made load balancer in front of two Services, with a security group of its own, beside a LoadBalancer Service, in a program of its own on a separate lab. These
 * tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { labClient } from "../../cli/labClient.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { labStatus } from "../../lab/lab.ts";
import { loadBalancersIn, targetGroupsOf } from "../live/clouds/aws/account.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

/** As in components/README.md, with two apps, so that it is seen who answers where. */
const program = `
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NetworkLoadBalancer,
  nodePortOf,
} from "./components/index.ts";

const network = await findClusterNetwork("dev");
const loadBalancerSourceRanges = ["0.0.0.0/0"];
const [orders, stock] = ["orders", "stock"].map((name) => {
  const { namespace, selector } = new EchoApp(name, { replicas: 2 });
  const ports = [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }];
  const service = new Service(name, { metadata: { namespace }, spec: { type: "NodePort", selector, ports } });
  return { namespace, selector, service, nodePort: nodePortOf(service, "http") };
});
const shared = new NetworkLoadBalancer("shared", {
  network,
  loadBalancerSourceRanges,
  securityGroups: "own",
  ports: [
    { name: "orders", port: 80, nodePort: orders!.nodePort },
    { name: "stock", port: 8080, nodePort: stock!.nodePort },
  ],
});
const other = new LoadBalancerExposure("other", {
  namespace: orders!.namespace,
  selector: orders!.selector,
  ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
  loadBalancerSourceRanges,
});
export const hostnames = [shared.dnsName, other.addresses.apply(([first]) => first)];
export const services = [orders!.service, other.service].map(({ metadata }) =>
  metadata.apply(({ namespace, name }) => namespace + "/" + name),
);
`;

describe("one hand-made load balancer for two Services", function () {
  this.timeout(minutes(5));
  let project: Project;

  const elbv2 = () => labClients(project.settings).elbv2;
  const output = async <Value>(name: string): Promise<Value> =>
    JSON.parse(await project.succeed("pulumi", "stack", "output", name, "--json")) as Value;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    writeFileSync(join(project.directory, "index.ts"), program);
    await project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    await healthyTargets(elbv2(), await output<string[]>("hostnames"));
  });
  after(() => project.remove());

  it("leads each listener to the pods of its Service, and to no others", async () => {
    const [hostname = ""] = await output<string[]>("hostnames");
    assert.equal((await targetGroupsOf(elbv2(), hostname)).length, 2);
    const { running } = labStatus(project.settings.directory);
    assert.ok(running !== undefined);
    const client = labClient(project.directory, running, AbortSignal.timeout(minutes(1)));
    for (const [port, app] of [
      [80, "orders"],
      [8080, "stock"],
    ] as const) {
      const samples = await client.requests(`http://${hostname}:${port}`);
      const pods = samples.map(({ outcome }) =>
        outcome.kind === "answered" ? outcome.pod : assert.fail(JSON.stringify(outcome)),
      );
      assert.equal(pods.length, 200);
      assert.equal(new Set(pods).size, 2);
      assert.ok(
        pods.every((pod) => pod.startsWith(app)),
        pods[0],
      );
    }
  });

  it("is compared only for the Service that is asked for, with its security group", async () => {
    project.environment = cloudEnvironment(project.settings);
    const { stdout } = await project.run(
      "compare",
      ...(await output<string[]>("services")).flatMap((service) => ["--service", service]),
      ...["--json", "--kubeconfig", project.settings.kubeconfig],
    );
    const { verdict, explanations } = JSON.parse(stdout) as {
      readonly verdict: { readonly kind: string; readonly reasons: readonly string[] };
      readonly explanations: readonly { readonly id: string }[];
    };
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    const ids = explanations.map(({ id }) => id);
    for (const id of ["shared-load-balancer", "security-groups-by-the-program"])
      assert.ok(ids.includes(id), ids.join());
  });

  it("goes with everything that it has", async () => {
    await project.succeed("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.equal((await loadBalancersIn(elbv2())).length, 0);
  });
});
