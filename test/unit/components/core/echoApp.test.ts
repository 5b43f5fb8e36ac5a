import assert from "node:assert/strict";
import { EchoApp } from "../../../../components/index.ts";
import { declare, inputsOf, knowledgeOf, treeOf } from "./declaring.ts";

interface PodTemplate {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly strategy: unknown;
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: unknown;
        readonly topologySpreadConstraints: readonly { topologyKey: string; whenUnsatisfiable: string }[];
        readonly containers: readonly Container[];
      };
    };
  };
}

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly ports: readonly { name: string; containerPort: number; protocol: string }[];
  readonly readinessProbe: { httpGet: { path: string } };
  readonly livenessProbe: { httpGet: { path: string } };
  readonly lifecycle: { preStop: { sleep: { seconds: number } } };
  readonly securityContext: unknown;
}

for (const preview of [true, false]) {
  describe(`EchoApp (${preview ? "preview" : "update"})`, () => {
    const declareApp = (args?: ConstructorParameters<typeof EchoApp>[1]) =>
      declare(() => new EchoApp("echo", args), { preview });
    const deploymentOf = async (args?: ConstructorParameters<typeof EchoApp>[1]) =>
      inputsOf((await declareApp(args)).resources, "Deployment", "echo") as unknown as PodTemplate;

    it("declares a namespace, a deployment and a disruption budget below itself", async () => {
      assert.deepEqual(treeOf((await declareApp()).resources), [
        "exposure:index:EchoApp echo",
        "  kubernetes:apps/v1:Deployment echo",
        "  kubernetes:core/v1:Namespace echo",
        "  kubernetes:policy/v1:PodDisruptionBudget echo",
      ]);
    });

    it("declares everything in its own namespace, which enforces the restricted standard", async () => {
      const { result, resources } = await declareApp();
      assert.deepEqual(inputsOf(resources, "Namespace", "echo").metadata, {
        labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      });
      assert.deepEqual(await knowledgeOf(result.namespace), { known: true, value: "echo-1a2b3c4d" });
      for (const type of ["Deployment", "PodDisruptionBudget"]) {
        assert.equal(
          (inputsOf(resources, type, "echo").metadata as { namespace: string }).namespace,
          "echo-1a2b3c4d",
        );
      }
    });

    it("runs three pods, spread over zones and nodes per revision", async () => {
      const { spec } = await deploymentOf();
      assert.equal(spec.replicas, 3);
      assert.deepEqual(
        spec.template.spec.topologySpreadConstraints.map((constraint) => constraint.topologyKey),
        ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
      );
      assert.ok(
        spec.template.spec.topologySpreadConstraints.every(
          (constraint) => constraint.whenUnsatisfiable === "DoNotSchedule",
        ),
      );
    });

    it("accepts another number of replicas and another image", async () => {
      const { spec } = await deploymentOf({ replicas: 5, image: "example.com/agnhost:1" });
      assert.equal(spec.replicas, 5);
      assert.equal(spec.template.spec.containers[0]!.image, "example.com/agnhost:1");
    });

    it("serves HTTP and UDP on named ports", async () => {
      const container = (await deploymentOf()).spec.template.spec.containers[0]!;
      assert.equal(container.image, "registry.k8s.io/e2e-test-images/agnhost:2.59");
      assert.deepEqual(container.args, ["netexec", "--http-port=8080", "--udp-port=8081"]);
      assert.deepEqual(container.ports, [
        { name: "http", containerPort: 8080, protocol: "TCP" },
        { name: "udp", containerPort: 8081, protocol: "UDP" },
      ]);
    });

    it("meets the restricted pod security standard and mounts no token", async () => {
      const { spec } = (await deploymentOf()).spec.template;
      assert.equal(spec.automountServiceAccountToken, false);
      assert.deepEqual(spec.securityContext, {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      });
      assert.deepEqual(spec.containers[0]!.securityContext, {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    });

    it("has a readiness probe that fails during shutdown, and a liveness probe that does not", async () => {
      const container = (await deploymentOf()).spec.template.spec.containers[0]!;
      assert.equal(container.readinessProbe.httpGet.path, "/readyz");
      assert.equal(container.livenessProbe.httpGet.path, "/healthz");
    });

    it("answers for longer than two failed checks after it leaves the Service, and always has all its pods", async () => {
      const { strategy, template } = (await deploymentOf()).spec;
      const { seconds } = template.spec.containers[0]!.lifecycle.preStop.sleep;
      assert.ok(seconds > 20, `${seconds} s`);
      assert.ok(template.spec.terminationGracePeriodSeconds > seconds);
      assert.deepEqual(strategy, {
        type: "RollingUpdate",
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      });
    });

    it("allows the eviction of one pod at a time, and of pods that are not ready", async () => {
      const { result, resources } = await declareApp();
      assert.deepEqual(inputsOf(resources, "PodDisruptionBudget", "echo").spec, {
        selector: { matchLabels: result.selector },
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      });
    });

    it("selects its own pods", async () => {
      const { result, resources } = await declareApp();
      const { spec } = inputsOf(resources, "Deployment", "echo") as unknown as PodTemplate;
      assert.deepEqual(spec.selector.matchLabels, result.selector);
      assert.deepEqual(spec.template.metadata.labels, result.selector);
    });
  });
}
