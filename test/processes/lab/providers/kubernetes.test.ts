import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeProvider } from "../../../../lab/providers/kubernetes/provider.ts";
import { RunningPlugin, unknown } from "../../../unit/lab/providers/runningPlugin.ts";

const service = { type: "kubernetes:core/v1:Service", name: "echo" };
const deployment = { type: "kubernetes:apps/v1:Deployment", name: "echo" };
const configMap = { type: "kubernetes:core/v1:ConfigMap", name: "c" };
const namespaced = { metadata: { namespace: "n" } };

describe("the lab's kubernetes plug-in", () => {
  let kubernetes: RunningPlugin;
  let checkout: string;

  before(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), "kubernetes-plugin-"));
    kubernetes = await RunningPlugin.here(makeProvider(() => undefined));
    await kubernetes.configure({
      "kubernetes:config:kubeconfig": path.join(checkout, ".lab/kubeconfig"),
      "kubernetes:config:namespace": "given",
    });
  });
  after(async () => {
    await kubernetes.stop();
    await rm(checkout, { recursive: true });
  });

  it("names an object after its logical name, marks the name as automatic and fills in the kind", async () => {
    const { inputs, failures } = await kubernetes.check(service, namespaced);
    assert.deepEqual(failures, []);
    const metadata = inputs.metadata as Record<string, unknown>;
    assert.match(String(metadata.name), /^echo-[0-9a-f]{8}$/);
    assert.deepEqual(metadata.annotations, { "pulumi.com/autonamed": "true" });
    assert.equal(metadata.namespace, "n");
    assert.equal(inputs.apiVersion, "v1");
    assert.equal(inputs.kind, "Service");
  });

  it("puts an object without a namespace into the configured one, but not a Namespace", async () => {
    const namespaceOf = async (type: string) => {
      const { inputs } = await kubernetes.check({ type }, { metadata: { name: "x" } });
      return (inputs.metadata as Record<string, unknown>).namespace;
    };
    assert.equal(await namespaceOf("kubernetes:policy/v1:PodDisruptionBudget"), "given");
    assert.equal(await namespaceOf("kubernetes:core/v1:Namespace"), undefined);
    assert.equal(await namespaceOf("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"), undefined);
  });

  it("refuses a name that the API server would make, as server-side apply needs one", async () => {
    const { failures } = await kubernetes.check(configMap, { metadata: { generateName: "c-" } });
    assert.deepEqual(failures, [
      "metadata.generateName: server-side apply needs a name: set metadata.name, or omit both for an automatic name",
    ]);
    const both = await kubernetes.check(configMap, { metadata: { generateName: "c-", name: "c-1" } });
    assert.deepEqual(both.failures, []);
  });

  it("writes the contents of a Secret in base64, marked as secret, and sees no change in other words for them", async () => {
    const secret = { type: "kubernetes:core/v1:Secret", name: "s" };
    const named = { metadata: { name: "s" } };
    const contents = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { a: "MQ==", b: "Mg==" },
    };
    const { inputs } = await kubernetes.check(secret, {
      ...named,
      stringData: { a: "1" },
      data: { a: "eA==", b: "Mg=\n=\n" },
    });
    assert.deepEqual([inputs.data, inputs.stringData], [contents, undefined]);
    const asText = { ...inputs, data: undefined, stringData: { a: "1", b: "2" } };
    const before = Object.fromEntries(Object.entries(asText).filter(([, value]) => value !== undefined));
    assert.deepEqual((await kubernetes.diff(secret, before, inputs)).changes, {});
  });

  it("sees no change in other words for a quantity", async () => {
    const of = (cpu: string) => ({
      ...namespaced,
      spec: { template: { spec: { containers: [{ name: "a", resources: { limits: { cpu } } }] } } },
    });
    const { inputs } = await kubernetes.check(deployment, of("1000m"));
    const { inputs: other } = await kubernetes.check(deployment, of("1"), inputs);
    assert.deepEqual(other.spec, of("1").spec);
    assert.deepEqual((await kubernetes.diff(deployment, inputs, other)).changes, {});
  });

  it("keeps an automatic name over updates", async () => {
    const { inputs: old } = await kubernetes.check(service, namespaced);
    const { inputs } = await kubernetes.check(service, namespaced, old, "other");
    assert.deepEqual(inputs.metadata, old.metadata);
  });

  it("replaces an object for fields that the API server does not change, and updates others in place", async () => {
    const { inputs: before } = await kubernetes.check(deployment, {
      ...namespaced,
      spec: { replicas: 1, selector: { matchLabels: { app: "a" } } },
    });
    const after = { ...before, spec: { replicas: 2, selector: { matchLabels: { app: "b" } } } };
    const { changes, deleteBeforeReplace } = await kubernetes.diff(deployment, before, after);
    assert.deepEqual(changes, {
      "spec.replicas": "update",
      "spec.selector.matchLabels.app": "update-replace",
    });
    assert.equal(deleteBeforeReplace, false);
  });

  it("deletes first if both objects would have the name from the program", async () => {
    const { inputs: before } = await kubernetes.check(configMap, {
      metadata: { name: "mine", namespace: "n" },
      data: { a: "1" },
    });
    const { changes, deleteBeforeReplace } = await kubernetes.diff(configMap, before, {
      ...before,
      data: { a: "2" },
    });
    assert.deepEqual(changes, { "data.a": "update-replace" });
    assert.equal(deleteBeforeReplace, true);
  });

  it("writes paths through lists and keys with dots as Pulumi does", async () => {
    const inputs = (nodePort: number, owner: string) => ({
      metadata: { annotations: { "example.com/owner": owner } },
      spec: { ports: [{ port: 80, nodePort }] },
    });
    const { changes } = await kubernetes.diff(service, inputs(30080, "a"), inputs(30081, "b"));
    assert.deepEqual(changes, {
      'metadata.annotations["example.com/owner"]': "update",
      "spec.ports[0].nodePort": "update",
    });
  });

  it("previews a Service with unknowns: what Kubernetes will allocate is unknown, the status absent", async () => {
    const { inputs } = await kubernetes.check(service, {
      metadata: { namespace: unknown },
      spec: { type: "NodePort", ports: [{ port: 80 }, { port: 81, nodePort: 30081 }] },
    });
    const { id, outputs } = await kubernetes.create(service, inputs, true);
    assert.equal(id, "");
    const spec = outputs.spec as Record<string, unknown>;
    assert.deepEqual(spec.ports, [
      { port: 80, nodePort: unknown },
      { port: 81, nodePort: 30081 },
    ]);
    assert.equal(spec.clusterIP, unknown);
    assert.equal("status" in outputs, false);
  });

  it("refuses charts and patches, naming the plug-in that knows them", async () => {
    for (const type of ["kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:ServicePatch"])
      await assert.rejects(kubernetes.check({ type }, {}), {
        message: new RegExp(`^unknown resource type ${type}: .*official Kubernetes plug-in v4\\.34\\.2`),
      });
  });

  it("says that the lab is not running when its kubeconfig is not there", async () => {
    const { inputs } = await kubernetes.check(service, namespaced);
    await assert.rejects(kubernetes.create(service, inputs), {
      message:
        /^configured Kubernetes cluster is unreachable: .*no file .*\.lab\/kubeconfig; the lab is not running; start it with: npm run lab -- up$/,
    });
  });

  it("answers as a process of its own, which prints its port", async () => {
    const running = await RunningPlugin.start("kubernetes", checkout);
    assert.deepEqual(await running.checkConfig({ kubeconfig: "x" }), []);
    await running.stop();
  });

  it("checks the configuration: keys, flags", async () => {
    assert.deepEqual(await kubernetes.checkConfig({ kubeconfig: "x", enableServerSideApply: "true" }), []);
    assert.match(
      (await kubernetes.checkConfig({ kubconfig: "x" })).join(),
      /^kubconfig: kubernetes:kubconfig is not known/,
    );
    assert.match(
      (await kubernetes.checkConfig({ enableSecretMutable: "yes" })).join(),
      /expected true or false, got "yes"$/,
    );
    assert.match(
      (await kubernetes.checkConfig({ enableServerSideApply: "false" })).join(),
      /only supports server-side apply/,
    );
  });
});
