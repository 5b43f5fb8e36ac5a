/** The other versions of Kubernetes: what the lab and the comparison say does not depend on them. */
import assert from "node:assert/strict";
import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions, V1Service } from "@kubernetes/client-node";
import type { Comparison } from "../../comparison/result/comparison.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import { otherVersions } from "../../lab/kubernetesVersions.ts";
import { eventually } from "../live/eventually.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** What 1.35 does with its cluster. */
const goesOn = {
  "1.34": { starts: true, what: "goes on as 1.35", says: /^/ },
  "1.36": {
    starts: false,
    what: "as 1.35",
    says: /cluster was made with Kubernetes 1\.36, .* newer version wrote/,
  },
} as const;

for (const version of otherVersions) {
  describe(`Kubernetes ${version}`, function () {
    this.timeout(minutes(5));
    let project: Project;

    before(async function () {
      this.timeout(buildTimeout);
      await liveTools({ version });
      project = await Project.make();
      project.configure("lab:kubernetesVersion", version);
    });
    after(async function () {
      this.timeout(minutes(1));
      await project.remove();
    });

    it("leads both ways alike, as its rules and the quick scenarios show", async () => {
      const report = await project.succeed("start");
      const [, found] = /^Kubernetes v(\d+\.\d+)\.\d+, kube-proxy in nftables mode\.$/m.exec(report) ?? [];
      assert.equal(found, version, report);
      assert.match(report, /^│ at the node port +│ TCP \d+ to 3 pods, /m);
      // The controller made what the model predicts of this release.
      assert.match(report, /^ {2}\S+: right, \d+ values checked: /m);
      assert.match(report, /^Equivalent: .*, 0 unexplained;$/m);
      // Each quick scenario went as documented.
      const quick = /^What happens to traffic\n(?<scenarios>(?: {2,}.*\n)+)/m.exec(report)?.groups?.scenarios;
      const marks = quick?.match(/^ {2}\S(?= )/gm) ?? [];
      assert.deepEqual([...new Set(marks)], ["  ="], quick);
    });

    it("has the cloud controller manager of its own release, as the model says", async () => {
      const config = new KubeConfig();
      config.loadFromFile(project.settings.kubeconfig);
      const cluster = config.makeApiClient(CoreV1Api);
      const namespace = "default";
      const create = (name: string, annotations: Readonly<Record<string, string>>): Promise<V1Service> =>
        cluster.createNamespacedService({
          namespace,
          body: Object.assign(new V1Service(), {
            metadata: { name, annotations: { [`${prefix}type`]: "nlb", ...annotations } },
            spec: { type: "LoadBalancer", ports: [{ port: 80, targetPort: 8080 }] },
          }),
        });
      const hostname = async (name: string): Promise<string> =>
        (await cluster.readNamespacedService({ namespace, name })).status?.loadBalancer?.ingress?.[0]
          ?.hostname ?? "";
      const isRefused = async (name: string, reason: string): Promise<boolean> =>
        (await cluster.listNamespacedEvent({ namespace })).items.some(
          ({ involvedObject, message = "" }) => involvedObject.name === name && message.includes(reason),
        );
      project.environment = cloudEnvironment(project.settings);
      const compare = () =>
        project.run(
          "compare",
          ...["--service", `${namespace}/web`, "--service", `${namespace}/groups`],
          ...["--json", "--kubeconfig", project.settings.kubeconfig],
        );

      await Promise.all([create("web", {}), create("groups", { [`${prefix}security-groups`]: "sg-1" })]);
      await eventually("web has a load balancer", async () => (await hostname("web")) !== "");
      if (version === "1.34") {
        await eventually("groups has a load balancer", async () => (await hostname("groups")) !== "");
        const { stdout } = await compare();
        const { predictions, withoutEffect } = JSON.parse(stdout) as Comparison;
        assert.deepEqual(
          predictions.map(({ outcome }) => outcome),
          ["right", "right"],
        );
        assert.deepEqual(
          withoutEffect.map(({ name }) => name),
          [`${prefix}security-groups`],
        );
      } else {
        await eventually("groups is refused", () => isRefused("groups", "BYO security group annotation"));
        assert.match((await compare()).stderr, /refused: \S+-security-groups is not allowed/);
      }

      const before = await hostname("web");
      await cluster.patchNamespacedService(
        { namespace, name: "web", body: { metadata: { annotations: { [`${prefix}type`]: null } } } },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
      if (version === "1.34") {
        await eventually("web has a Classic Load Balancer", async () =>
          (await hostname("web")).endsWith(".elb.amazonaws.com"),
        );
      } else {
        await eventually("the change is refused", () =>
          isRefused("web", "cannot update Load Balancer Type annotation"),
        );
        assert.equal(await hostname("web"), before);
      }
    });

    it(`is refused as 1.35 while its lab runs, and ${goesOn[version].what} after that`, async () => {
      project.configure("lab:kubernetesVersion", "1.35");
      const running = await project.run("lab", "up");
      assert.match(
        running.stderr,
        new RegExp(`the lab runs Kubernetes ${version}, and lab:kubernetesVersion asks for 1\\.35;`),
      );
      await project.succeed("lab", "down");
      const { status, stderr } = await project.run("lab", "up");
      assert.match(stderr, goesOn[version].says);
      assert.equal(status === 0, goesOn[version].starts, stderr);
    });
  });
}
