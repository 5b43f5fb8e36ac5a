/** The stack dev where the AWS Load Balancer Controller makes the load balancer of the LoadBalancer Service. The AWS API is emulated. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import type { Comparison } from "../../../../../comparison/result/comparison.ts";
import type { Several } from "../../../../../comparison/result/several.ts";
import { labClients } from "../../../../../lab/clouds/aws/clients.ts";
import { cloudEnvironment } from "../../../../../lab/clouds/environment.ts";
import { eventually } from "../../../eventually.ts";
import { healthyTargets } from "../../../healthyTargets.ts";
import { Project } from "../../../project.ts";
import { buildTimeout, minutes } from "../../../tools.ts";
import { leftoversIn } from "./controllerLab.ts";

interface Output {
  readonly hostname: string;
  readonly namespace: string;
  readonly service: string;
}

interface Outputs {
  readonly nodePort: Output;
  readonly loadBalancer: Output;
}

describe("the stack dev with the AWS Load Balancer Controller", function () {
  this.timeout(minutes(8));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    project.configure("nodeport-vs-loadbalancer:controller", "aws-load-balancer-controller");
    await project.succeed("lab", "up");
  });
  after(() => project.remove());

  it("is deployed, and both ways answer", async () => {
    await project.succeed("up");
    const { nodePort, loadBalancer } = JSON.parse(
      await project.succeed("pulumi", "stack", "output", "--json"),
    ) as Outputs;
    assert.match(loadBalancer.hostname, /^k8s-loadbala-loadbala-/);
    await healthyTargets(labClients(project.settings).elbv2, [nodePort.hostname, loadBalancer.hostname]);
  });

  it("is equivalent, and the controller has made what its model says", async () => {
    const { status, stdout, stderr } = await project.run("compare", "--json");
    const { verdict, predictions, counts } = JSON.parse(stdout) as Comparison;
    assert.deepEqual(verdict.reasons, [], stderr);
    assert.deepEqual([status, verdict.kind, counts.unexplained], [0, "equivalent", 0]);
    const [prediction] = predictions;
    assert.equal(prediction?.outcome, "right");
    assert.ok(prediction.checked > 50);
  });

  it("is compared with a Service of the cloud controller manager as well, side by side", async () => {
    const { nodePort, loadBalancer } = JSON.parse(
      await project.succeed("pulumi", "stack", "output", "--json"),
    ) as Outputs;
    const config = new KubeConfig();
    config.loadFromFile(project.settings.kubeconfig);
    const { namespace, service } = loadBalancer;
    const cluster = config.makeApiClient(CoreV1Api);
    const { spec } = await cluster.readNamespacedService({ namespace, name: service });
    await KubernetesObjectApi.makeApiClient(config).create({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "third",
        namespace,
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
      },
      spec: {
        type: "LoadBalancer",
        selector: spec?.selector,
        ports: [{ name: "http", port: 80, targetPort: "http", appProtocol: "http" }],
        loadBalancerSourceRanges: ["0.0.0.0/0"],
      },
    });
    let host = "";
    await eventually("the third Service has a load balancer", async () => {
      const { status } = await cluster.readNamespacedService({ namespace, name: "third" });
      host = status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
      return host !== "";
    });
    await healthyTargets(labClients(project.settings).elbv2, [host]);
    project.environment = cloudEnvironment(project.settings);
    const names = [
      `${nodePort.namespace}/${nodePort.service}`,
      `${namespace}/third`,
      `${namespace}/${service}`,
    ];
    const page = join(project.directory, "several.html");
    const compared = (...format: readonly string[]) =>
      project.run(
        "compare",
        ...format,
        ...names.flatMap((name) => ["--service", name]),
        ...["--kubeconfig", project.settings.kubeconfig],
      );
    const { status, stdout, stderr } = await compared("--json", "--html", page);
    assert.equal(stderr, "");
    const { verdict, comparisons } = JSON.parse(stdout) as Several;
    assert.deepEqual(
      comparisons.map((each) => [
        each.right.service,
        each.verdict.reasons,
        each.predictions.map(({ outcome }) => outcome),
      ]),
      names.slice(1).map((name) => [name, [], ["right"]]),
    );
    assert.deepEqual([status, verdict.kind], [0, "equivalent"]);
    assert.deepEqual(
      comparisons.map(({ counts, aspects }) => [
        counts.unexplained,
        aspects.filter((aspect) => aspect.verdict === "different").length,
      ]),
      [
        [0, 0],
        [0, 0],
      ],
    );
    const terminal = await compared();
    assert.deepEqual([terminal.status, terminal.stderr], [0, ""]);
    // A line has 80 columns.
    const text = terminal.stdout.trim().replaceAll(/\s+/g, " ");
    assert.ok(text.endsWith(verdict.sentence), terminal.stdout);
    for (const name of names.slice(1))
      assert.ok(text.includes(`${names[0] ?? ""} and ${name} Equivalent`), name);
    assert.match(terminal.stdout, /│ rules of .*│ none /);
    assert.doesNotMatch(terminal.stdout, /\(!\) *│/);
    const verdicts = [...readFileSync(page, "utf8").matchAll(/<div class="verdict (\w+)">/g)];
    assert.deepEqual(
      verdicts.map(([, of]) => of),
      ["equivalent", "equivalent", "equivalent"],
    );
    await cluster.deleteNamespacedService({ namespace, name: "third" });
  });

  it("is removed, and nothing of it is left", async () => {
    await project.succeed("destroy");
    const aws = labClients(project.settings);
    await eventually("nothing is left", async () => (await leftoversIn(aws)).length === 0).catch(
      () => undefined,
    );
    assert.deepEqual(await leftoversIn(aws), []);
  });
});
