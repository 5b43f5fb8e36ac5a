/**
 * The lab's kubernetes plug-in on a real API server, called the way the engine calls it.
 *
 * These tests do not prove how pods and load balancers become ready: they write what controllers would.
 */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { buildTimeout, liveTools } from "../tools.ts";
import {
  RunningPlugin,
  unknown,
  type Properties,
  type Target,
} from "../../unit/lab/providers/runningPlugin.ts";
import { RunningApiServer } from "./runningApiServer.ts";

const service = { type: "kubernetes:core/v1:Service", name: "echo" };
const configMap = { type: "kubernetes:core/v1:ConfigMap", name: "settings" };
const deployment = { type: "kubernetes:apps/v1:Deployment", name: "echo" };
const secretKind = { type: "kubernetes:core/v1:Secret", name: "s" };

const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce((found, key) => (found as Properties)[key], value);

describe("the lab's kubernetes plug-in on a real API server", function () {
  this.timeout(30_000);
  let server: RunningApiServer;
  let plugin: RunningPlugin;

  before(async function () {
    this.timeout(buildTimeout);
    const tools = await liveTools();
    server = await RunningApiServer.start(tools.bin);
    plugin = await RunningPlugin.start("kubernetes");
    await plugin.configure({ "kubernetes:config:kubeconfig": server.kubeconfig });
  });
  after(async () => {
    await plugin.stop();
    await server.stop();
  });

  /** Checks, then creates, like the engine. */
  async function create(target: Target, given: Properties) {
    const { inputs, failures } = await plugin.check(target, given, {}, String(Math.random()));
    assert.deepEqual(failures, []);
    return { inputs, ...(await plugin.create(target, inputs)) };
  }

  /** A Service that nothing has to back: without a selector. */
  const ports = [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }];
  const nodePortService = { spec: { type: "NodePort", ports } };

  const selector = { matchLabels: { app: "echo" } };
  const template = {
    metadata: { labels: { app: "echo" } },
    spec: { containers: [{ name: "echo", image: "echo:1" }] },
  };

  it("applies a Service with its own field manager, and returns what Kubernetes allocated", async () => {
    const { id, outputs } = await create(service, nodePortService);
    assert.match(id, /^default\/echo-[0-9a-f]{8}$/);
    const [port] = at(outputs, "spec", "ports") as [Properties];
    assert.ok(Number(port.nodePort) >= 30000 && Number(port.nodePort) <= 32767);
    assert.match(String(at(outputs, "spec", "clusterIP")), /^172\.20\./);
    const [managed] = at(outputs, "metadata", "managedFields") as [Properties];
    assert.equal(managed.operation, "Apply");
    assert.match(String(managed.manager), /^pulumi-kubernetes-[0-9a-f]{8}$/);
    assert.equal(outputs.__fieldManager, managed.manager);
    await plugin.delete(service, id, outputs);
    assert.equal(await plugin.read(service, id), undefined);
  });

  it("keeps the last inputs in the state, for the official plug-in", async () => {
    const { id, inputs, outputs } = await create(service, nodePortService);
    assert.deepEqual(outputs.__inputs, inputs);
    const after = { ...inputs, spec: { type: "NodePort", ports, sessionAffinity: "ClientIP" } };
    const updated = await plugin.update(service, id, { before: inputs, outputs, after });
    assert.deepEqual(updated.__inputs, after);
    const refreshed = await plugin.read(service, id, after, updated);
    assert.deepEqual(refreshed?.outputs.__inputs, after);
    assert.deepEqual(
      [updated, refreshed.outputs].map(({ __fieldManager }) => __fieldManager),
      [outputs.__fieldManager, outputs.__fieldManager],
    );
    await plugin.delete(service, id, outputs);
  });

  it("finds the last inputs in the state if the engine sends none", async () => {
    const { id, inputs, outputs } = await create(service, nodePortService);
    const { changes } = await plugin.diff(service, {}, inputs, outputs);
    assert.deepEqual(changes, {});
    assert.deepEqual((await plugin.read(service, id, {}, outputs))?.inputs, inputs);
    await plugin.delete(service, id, outputs);
  });

  it("previews a new Service by a dry run, without the node port of the dry run", async () => {
    const { inputs } = await plugin.check(service, nodePortService);
    const { outputs } = await plugin.create(service, inputs, true);
    const [port] = at(outputs, "spec", "ports") as [Properties];
    assert.equal(port.nodePort, unknown);
    assert.equal(at(outputs, "spec", "clusterIP"), unknown);
    // A default of the API server shows that the dry run took place.
    assert.equal(at(outputs, "spec", "sessionAffinity"), "None");
    assert.equal("status" in outputs, false);
  });

  it("previews a changed node port, and changes it in place", async () => {
    const { id, inputs, outputs } = await create(service, nodePortService);
    const free = Number((at(outputs, "spec", "ports") as [Properties])[0].nodePort) === 30100 ? 30101 : 30100;
    const after = { ...inputs, spec: { type: "NodePort", ports: [{ ...ports[0], nodePort: free }] } };
    for (const preview of [true, false]) {
      const updated = await plugin.update(service, id, { before: inputs, outputs, after, preview });
      assert.equal((at(updated, "spec", "ports") as [Properties])[0].nodePort, free);
      assert.equal(at(updated, "spec", "clusterIP"), at(outputs, "spec", "clusterIP"));
    }
    await plugin.delete(service, id, outputs);
  });

  it("refuses a node port that another Service has, and names that Service, already in the preview", async () => {
    const taken = (nodePort: number) => ({ spec: { type: "NodePort", ports: [{ ...ports[0], nodePort }] } });
    const owner = await create({ ...service, name: "owner" }, taken(30200));
    const refused = new RegExp(
      `Invalid value: 30200: provided port is already allocated; Service ${owner.id} has node port 30200$`,
    );
    const wanted = await plugin.check(service, taken(30200));
    const { id, inputs, outputs } = await create(service, taken(30201));
    const update = { before: inputs, outputs, after: { ...inputs, ...taken(30200) } };
    for (const preview of [true, false]) {
      await assert.rejects(plugin.create(service, wanted.inputs, preview), refused);
      await assert.rejects(plugin.update(service, id, { ...update, preview }), refused);
    }
    await plugin.delete(service, id, outputs);
    await plugin.delete(service, owner.id, owner.outputs);
  });

  it("previews an object in a namespace that does not exist yet", async () => {
    const { inputs } = await plugin.check(configMap, { metadata: { namespace: "later" }, data: { a: "1" } });
    const { outputs } = await plugin.create(configMap, inputs, true);
    assert.deepEqual(outputs.data, { a: "1" });
  });

  it("rejects an unknown field by its path, already in the preview", async () => {
    const { inputs } = await plugin.check(service, {
      spec: { ...nodePortService.spec, slector: { app: "echo" } },
    });
    await assert.rejects(plugin.create(service, inputs, true), {
      message:
        /^previewing Service default\/echo-[0-9a-f]{8}: .*\.spec\.slector: field not declared in schema/,
    });
  });

  it("waits for the definition of a kind and for a namespace that the same update makes", async () => {
    const widget = { type: "kubernetes:example.com/v1:Widget", name: "w" };
    const { inputs } = await plugin.check(widget, { metadata: { namespace: "shop", name: "w" } });
    assert.deepEqual((await plugin.create(widget, inputs, true)).outputs, inputs);
    const creation = plugin.create(widget, inputs);
    await setTimeout(500);
    const names = { kind: "Widget", plural: "widgets" };
    const schema = { openAPIV3Schema: { type: "object" } };
    await server.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      metadata: { name: "widgets.example.com" },
      spec: {
        group: "example.com",
        names,
        scope: "Namespaced",
        versions: [{ name: "v1", served: true, storage: true, schema }],
      },
    });
    await setTimeout(1500);
    await server.call("POST", "/api/v1/namespaces", { metadata: { name: "shop" } });
    assert.equal((await creation).id, "shop/w");
  });

  it("puts an object of a kind that is not served yet into the default namespace, until it turns out to have none", async () => {
    const galaxy = { type: "kubernetes:stars.example.com/v1:Galaxy", name: "g" };
    const given = { metadata: { name: "g" } };
    const { inputs } = await plugin.check(galaxy, given);
    assert.equal(at(inputs, "metadata", "namespace"), "default");
    await server.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      metadata: { name: "galaxies.stars.example.com" },
      spec: {
        group: "stars.example.com",
        names: { kind: "Galaxy", plural: "galaxies" },
        scope: "Cluster",
        versions: [
          { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
        ],
      },
    });
    const { id, outputs } = await plugin.create(galaxy, inputs);
    assert.equal(id, "g");
    const next = await plugin.check(galaxy, given, inputs);
    assert.equal(at(next.inputs, "metadata", "namespace"), undefined);
    assert.deepEqual((await plugin.diff(galaxy, inputs, next.inputs, outputs)).changes, {});
  });

  it("takes over an object that exists, but no field that somebody else gave another value", async () => {
    const path = "/api/v1/namespaces/default/configmaps";
    await server.call("POST", `${path}?fieldManager=somebody`, {
      metadata: { name: "there" },
      data: { a: "1" },
    });
    await assert.rejects(create(configMap, { metadata: { name: "there" }, data: { a: "2" } }), {
      message: /^creating ConfigMap default\/there: .*conflict with "somebody"/,
    });
    const { id, outputs } = await create(configMap, {
      metadata: { name: "there" },
      data: { a: "1", b: "2" },
    });
    assert.deepEqual(outputs.data, { a: "1", b: "2" });
    await plugin.delete(configMap, id, outputs);
  });

  it("previews an object that replaces one of the same name, whose fields cannot change", async () => {
    const of = (app: string) => ({
      metadata: { name: "echo" },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app } },
        template: { ...template, metadata: { labels: { app } } },
      },
    });
    const skip = { annotations: { "pulumi.com/skipAwait": "true" } };
    const withoutWait = (app: string) => ({ ...of(app), metadata: { ...of(app).metadata, ...skip } });
    const { id, inputs, outputs } = await create(deployment, withoutWait("echo"));
    const after = (await plugin.check(deployment, withoutWait("other"))).inputs;
    const { changes, deleteBeforeReplace } = await plugin.diff(deployment, inputs, after, outputs);
    assert.equal(changes["spec.selector.matchLabels.app"], "update-replace");
    assert.equal(deleteBeforeReplace, true);
    const previewed = await plugin.create(deployment, after, true);
    assert.equal(at(previewed.outputs, "metadata", "name"), "echo");
    assert.equal(at(previewed.outputs, "spec", "selector", "matchLabels", "app"), "other");
    await plugin.delete(deployment, id, outputs);
  });

  it("reads drift on refresh, without the defaults that the API server filled in", async () => {
    const { id, inputs, outputs } = await create(service, nodePortService);
    assert.deepEqual((await plugin.read(service, id, inputs, outputs))?.inputs, inputs);
    await server.call("PATCH", `/api/v1/namespaces/default/services/${id.split("/")[1]!}`, {
      spec: { ports: [{ ...ports[0], targetPort: 9090 }] },
    });
    const drifted = await plugin.read(service, id, inputs, outputs);
    assert.equal((at(drifted?.inputs, "spec", "ports") as [Properties])[0].targetPort, 9090);
    await plugin.delete(service, id, outputs);
  });

  it("names the owner of a field that somebody else changed, and says how to take it over", async () => {
    const { id, inputs, outputs } = await create(configMap, {
      metadata: { name: "shared" },
      data: { a: "1" },
    });
    await server.call("PATCH", "/api/v1/namespaces/default/configmaps/shared?fieldManager=somebody", {
      data: { a: "2" },
    });
    const after = { ...inputs, data: { a: "3" } };
    await assert.rejects(plugin.update(configMap, id, { before: inputs, outputs, after }), {
      message:
        /^updating ConfigMap default\/shared: .*conflict with "somebody".*pulumi\.com\/patchForce: "true"/s,
    });
    const metadata = {
      ...(after as { metadata?: object }).metadata,
      annotations: { "pulumi.com/patchForce": "true" },
    };
    const forced = await plugin.update(configMap, id, {
      before: inputs,
      outputs,
      after: { ...after, metadata },
    });
    assert.deepEqual(forced.data, { a: "3" });
    await plugin.delete(configMap, id, outputs);
  });

  it("imports an object's inputs without what the API server added", async () => {
    await server.call("POST", "/api/v1/namespaces/default/configmaps", {
      metadata: { name: "found" },
      data: { a: "1" },
    });
    const imported = await plugin.read(configMap, "default/found");
    assert.deepEqual(imported?.inputs, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "found", namespace: "default" },
      data: { a: "1" },
    });
    await plugin.delete(configMap, "default/found", imported.outputs);
  });

  it("marks the contents of a Secret as secret in the state", async () => {
    const { id, inputs, outputs } = await create(secretKind, { stringData: { password: "p" } });
    assert.equal(at(outputs, "data", "4dabf18193072939515e22adb298388d"), "1b47061264138c4ac30d75fd1eb44270");
    assert.deepEqual((await plugin.read(secretKind, id, inputs, outputs))?.inputs, inputs);
    await plugin.delete(secretKind, id, outputs);
  });

  it("waits until a Deployment's controller reports the rollout, and a Service until it has endpoints and an address", async () => {
    const name = { metadata: { name: "waited" } };
    let done = false;
    const made = create(deployment, { ...name, spec: { replicas: 1, selector, template } }).finally(
      () => (done = true),
    );
    const target = "/apis/apps/v1/namespaces/default/deployments/waited";
    await appears(target);
    await setTimeout(500);
    assert.equal(done, false);
    const rolledOut = {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      readyReplicas: 1,
    };
    await server.call("PATCH", `${target}/status`, { status: rolledOut });
    const { id, outputs } = await made;
    assert.equal(at(outputs, "status", "availableReplicas"), 1);

    const balanced = create(service, {
      ...name,
      spec: { type: "LoadBalancer", selector: selector.matchLabels, ports },
    });
    await appears("/api/v1/namespaces/default/services/waited");
    await server.call("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", {
      metadata: { name: "waited", labels: { "kubernetes.io/service-name": "waited" } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.244.1.2"], conditions: { ready: true } }],
    });
    const ingress = [{ hostname: "waited.elb.us-west-2.amazonaws.com" }];
    await server.call("PATCH", "/api/v1/namespaces/default/services/waited/status", {
      status: { loadBalancer: { ingress } },
    });
    const ready = await balanced;
    assert.deepEqual(at(ready.outputs, "status", "loadBalancer", "ingress"), ingress);
    await plugin.delete(service, ready.id, ready.outputs);
    await server.call("DELETE", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/waited");
    await plugin.delete(deployment, id, outputs);
  });

  it("finishes a Service that selects no pod when its endpoints have not changed for 10 s", async () => {
    const started = performance.now();
    const made = create(service, {
      metadata: { name: "unselected" },
      spec: { type: "NodePort", selector: { app: "nothing" }, ports },
    });
    await appears("/api/v1/namespaces/default/services/unselected");
    await server.call("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", {
      metadata: { name: "unselected", labels: { "kubernetes.io/service-name": "unselected" } },
      addressType: "IPv4",
      endpoints: [],
    });
    const { id, outputs } = await made;
    assert.ok(performance.now() - started >= 10_000);
    await plugin.delete(service, id, outputs);
    await server.call("DELETE", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/unselected");
  });

  it("reports the pod's problem and its event if the image is missing", async () => {
    const failing = create(deployment, { metadata: { name: "imageless" }, spec: { selector, template } });
    await appears("/apis/apps/v1/namespaces/default/deployments/imageless");
    const waiting = { reason: "ErrImageNeverPull", message: "image not present with pull policy of Never" };
    await server.call("POST", "/api/v1/namespaces/default/pods", {
      metadata: { name: "imageless-1", labels: selector.matchLabels },
      spec: template.spec,
    });
    await server.call("POST", "/api/v1/namespaces/default/events", {
      metadata: { name: "imageless-1.1" },
      involvedObject: { kind: "Pod", name: "imageless-1", namespace: "default" },
      type: "Warning",
      reason: "ErrImageNeverPull",
      message: 'Container image "echo:1" is not present',
    });
    await server.call("PATCH", "/api/v1/namespaces/default/pods/imageless-1/status", {
      status: {
        containerStatuses: [
          { name: "echo", image: "echo:1", imageID: "", ready: false, restartCount: 0, state: { waiting } },
        ],
      },
    });
    await server.call("PATCH", "/apis/apps/v1/namespaces/default/deployments/imageless/status", {
      status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1 },
    });
    await assert.rejects(failing, {
      message:
        /^Deployment default\/imageless exists, but it failed to become ready; .*pod imageless-1: container echo: ErrImageNeverPull: image not present.*event ErrImageNeverPull: Container image "echo:1" is not present$/,
    });
  });

  it("does not wait for a Service with a pod that cannot start, and reports the pod's problem", async () => {
    const waiting = { reason: "ErrImageNeverPull", message: "image not present with pull policy of Never" };
    const labels = { app: "unstartable" };
    await server.call("POST", "/api/v1/namespaces/default/pods", {
      metadata: { name: "unstartable-1", labels },
      spec: template.spec,
    });
    await server.call("PATCH", "/api/v1/namespaces/default/pods/unstartable-1/status", {
      status: {
        containerStatuses: [
          { name: "echo", image: "echo:1", imageID: "", ready: false, restartCount: 0, state: { waiting } },
        ],
      },
    });
    const failing = create(service, { metadata: { name: "unstartable" }, spec: { selector: labels, ports } });
    await server.call("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", {
      metadata: { name: "unstartable", labels: { "kubernetes.io/service-name": "unstartable" } },
      addressType: "IPv4",
      endpoints: [
        { addresses: ["10.244.1.2"], conditions: { ready: true } },
        { addresses: ["10.244.1.3"], conditions: { ready: false } },
      ],
    });
    await assert.rejects(failing, {
      message:
        /^Service default\/unstartable exists, but it failed to become ready; a selected pod is not ready; pod unstartable-1: container echo: ErrImageNeverPull: image not present/,
    });
  });

  /** Resolves once there is an object at the path. */
  async function appears(target: string): Promise<void> {
    while (!(await server.call("GET", target).catch(() => undefined))) await setTimeout(50);
  }
});
