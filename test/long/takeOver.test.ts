/**
 * A load balancer that the cloud controller manager has made becomes a program's own, and the controller's again, under traffic, on a separate lab. These tests prove nothing about
 * AWS itself, whose API is emulated, nor about the official plug-in for AWS: the lab's own imports here.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancerAttributesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, PatchStrategy, setHeaderOptions, V1Service } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { loadBalancerNamed, loadBalancersIn } from "../live/clouds/aws/account.ts";
import { balancerParts } from "../live/clouds/aws/balancerParts.ts";
import { eventually } from "../live/eventually.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { startClients } from "../live/moving.ts";
import type { Clients } from "../live/moving.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const typeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-type";
const targetTypeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
const name = "web";

/** As in docs/moving.md. @param taken the load balancer's name and its node port; undefined before the program takes it over */
const program = (taken?: { readonly name: string; readonly nodePort: number }, more = "") => `
import { EchoApp, findClusterNetwork, findLoadBalancer, NetworkLoadBalancer } from "./components/index.ts";

const app = new EchoApp("app", { replicas: 3 });
const network = await findClusterNetwork("dev");
${
  taken === undefined
    ? ""
    : `new NetworkLoadBalancer("web", {
  network,
  import: await findLoadBalancer({ name: "${taken.name}", ports: [80], network }),
  ports: [{ name: "http", port: 80, nodePort: ${taken.nodePort} }],
  loadBalancerSourceRanges: ["0.0.0.0/0"],
  ${more}
});`
}
export const { namespace, selector } = app;
`;

describe("a load balancer of the controller", function () {
  this.timeout(minutes(5));
  let project: Project;
  let api: CoreV1Api;
  let namespace: string;
  let hostname: string;
  let clients: Clients;
  let taken: { readonly name: string; readonly nodePort: number };
  let made: unknown;

  const aws = () => labClients(project.settings);
  const write = (...args: Parameters<typeof program>) =>
    writeFileSync(join(project.directory, "index.ts"), program(...args));
  const up = () => project.succeed("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
  const service = () => api.readNamespacedService({ namespace, name });
  const isUnchanged = () => project.succeed("pulumi", "preview", "--expect-no-changes", "--non-interactive");

  const parts = () => balancerParts(aws(), hostname);

  /** One request: between two, the controller would see a Service that it has to clean up after. */
  const change = (type: "NodePort" | "LoadBalancer", controller: "external" | "nlb") =>
    api.patchNamespacedService(
      {
        namespace,
        name,
        body: {
          metadata: { annotations: { [typeAnnotation]: controller, [targetTypeAnnotation]: null } },
          spec: { type },
        },
      },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    write();
    await up();
    namespace = await project.output("namespace");
    const selector = await project.output<Record<string, string>>("selector");
    api = loadKubeconfig(project.settings.kubeconfig).makeApiClient(CoreV1Api);
    const body = Object.assign(new V1Service(), {
      metadata: { name, annotations: { [typeAnnotation]: "nlb" } },
      spec: {
        type: "LoadBalancer",
        selector,
        ports: [{ name: "http", port: 80, targetPort: "http" }],
      },
    });
    await api.createNamespacedService({ namespace, body });
    await eventually("the controller makes a load balancer", async () => {
      const { status } = await service();
      hostname = status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
      return hostname !== "";
    });
    await healthyTargets(aws().elbv2, [hostname]);
    const { LoadBalancerName = "" } = await loadBalancerNamed(aws().elbv2, hostname);
    taken = { name: LoadBalancerName, nodePort: (await service()).spec?.ports?.[0]?.nodePort ?? 0 };
    made = await parts();
    clients = await startClients(project, 50, hostname);
  });
  after(() => project.remove());

  it("is imported with its listeners, target groups and rules, and nothing about it changes", async () => {
    write(taken);
    await up();
    assert.deepEqual(await parts(), made);
    await isUnchanged();
  });

  it("lives on when the controller lets go, and the program's plan stays empty", async () => {
    await change("NodePort", "external");
    await eventually("the controller lets go", async () => {
      const { metadata, status } = await service();
      return (metadata?.finalizers ?? []).length === 0 && status?.loadBalancer?.ingress === undefined;
    });
    assert.deepEqual(await parts(), made);
    await isUnchanged();
    assert.equal((await service()).spec?.ports?.[0]?.nodePort, taken.nodePort);
  });

  it("becomes the controller's again, which finds it by the Service's UID", async () => {
    await change("LoadBalancer", "nlb");
    await eventually("the controller finds it", async () => {
      const { status } = await service();
      return status?.loadBalancer?.ingress?.[0]?.hostname === hostname;
    });
    assert.deepEqual(await parts(), made);
    assert.equal((await loadBalancersIn(aws().elbv2)).length, 1);
    await isUnchanged();
    await change("NodePort", "external");
    await eventually(
      "the controller lets go",
      async () => (await service()).status?.loadBalancer?.ingress === undefined,
    );
  });

  it("is changed by the program", async () => {
    write(taken, "crossZoneLoadBalancing: true,");
    await up();
    assert.deepEqual(await parts(), made);
    const { elbv2 } = aws();
    const { LoadBalancerArn } = await loadBalancerNamed(elbv2, hostname);
    const { Attributes = [] } = await elbv2.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
    );
    assert.equal(Attributes.find(({ Key }) => Key === "load_balancing.cross_zone.enabled")?.Value, "true");
  });

  it("has answered every request meanwhile", async () => {
    const samples = await clients.stop();
    for (const load of ["new", "kept"] as const) {
      const outcomes = samples.filter((sample) => sample.load === load).map(({ outcome }) => outcome);
      const lost = outcomes.filter(({ kind }) => kind !== "answered");
      console.log(`${load}: ${outcomes.length} sent, ${lost.length} lost`);
      assert.ok(outcomes.length > 200, `${outcomes.length} sent`);
      assert.deepEqual(lost, []);
    }
  });

  it("goes with the program, rules included", async () => {
    write();
    await up();
    assert.equal((await loadBalancersIn(aws().elbv2)).length, 0);
    const { ec2 } = aws();
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    assert.deepEqual(
      SecurityGroupRules.filter(({ Description = "" }) => Description.startsWith("kubernetes.io/rule/nlb/")),
      [],
    );
  });
});
