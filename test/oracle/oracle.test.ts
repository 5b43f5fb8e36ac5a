/** The lab's kubernetes plug-in against the official one, on a lab: the same lives of objects, and the same answers. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api, KubeConfig, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import type { KubernetesObject } from "@kubernetes/client-node";
import { eventually } from "../live/eventually.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import { RunningPlugin } from "../unit/lab/providers/runningPlugin.ts";
import type { Properties } from "../unit/lab/providers/runningPlugin.ts";
import { comparable } from "./comparable.ts";
import { live } from "./life.ts";
import type { Call } from "./life.ts";
import { image, lives, web } from "./lives.ts";
import { officialPlugin } from "./officialPlugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/kubernetes/package.json") as { version: string };
const namespaces = { own: "oracle-own", official: "oracle-official" } as const;

describe("the lab's kubernetes plug-in and the official one agree about", function () {
  this.timeout(minutes(3));
  let project: Project;
  const plugins: { own?: RunningPlugin; official?: RunningPlugin } = {};
  let patch: (object: Properties, change: Properties) => Promise<unknown>;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    const place = await officialPlugin(version);
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    const { kubeconfig } = project.settings;
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    await Promise.all(Object.values(namespaces).map((namespace) => furnish(config, namespace)));
    plugins.own = await RunningPlugin.start("kubernetes", project.directory);
    plugins.official = await RunningPlugin.run(join(place, "pulumi-resource-kubernetes"));
    for (const way of ["own", "official"] as const)
      await plugins[way]?.configure({
        "kubernetes:config:kubeconfig": readFileSync(kubeconfig, "utf8"),
        "kubernetes:config:namespace": namespaces[way],
      });
    const objects = KubernetesObjectApi.makeApiClient(config);
    patch = ({ apiVersion, kind, metadata }, change) => {
      const { name, namespace } = metadata as { name: string; namespace?: string };
      const object = {
        apiVersion,
        kind,
        ...change,
        metadata: { ...(change.metadata as object), name, namespace },
      };
      return objects.patch(
        object as KubernetesObject,
        undefined,
        undefined,
        "somebody",
        undefined,
        PatchStrategy.MergePatch,
      );
    };
  });
  after(async () => {
    await plugins.own?.stop();
    await plugins.official?.stop();
    await project.remove();
  });

  for (const life of lives) {
    it(life.what, async () => {
      const [own, official] = await both(life);
      assert.deepEqual(
        comparable(own, life, namespaces.own),
        comparable(official, life, namespaces.official),
      );
      for (const said of life.says ?? [])
        for (const calls of [own, official])
          assert(errorsOf(calls).includes(said), `${said} is not in: ${errorsOf(calls)}`);
    });
  }

  /** One after the other: what belongs to the whole cluster has one name. */
  async function both(life: (typeof lives)[number]): Promise<[Call[], Call[]]> {
    const { own, official } = plugins;
    assert.ok(own !== undefined && official !== undefined);
    const first = await live(official, life, patch);
    return [await live(own, life, patch), first];
  }
});

const errorsOf = (calls: readonly Call[]): string =>
  calls
    .map(({ error, answer }) => error ?? JSON.stringify((answer as Properties | undefined)?.failures ?? ""))
    .join("\n");

/** Makes a namespace with a Deployment of one ready pod. */
async function furnish(config: KubeConfig, namespace: string): Promise<void> {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const containers = [{ name: "web", image, args: ["netexec"] }];
  const spec = {
    selector: { matchLabels: web },
    template: { metadata: { labels: web }, spec: { containers } },
  };
  const all = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace }, spec },
  ];
  for (const object of all) await objects.create(object);
  const apps = config.makeApiClient(AppsV1Api);
  const isReady = async (): Promise<boolean> =>
    (await apps.readNamespacedDeployment({ namespace, name: "web" })).status?.availableReplicas === 1;
  await eventually(`the Deployment web in ${namespace} is ready`, isReady, 60_000);
}
