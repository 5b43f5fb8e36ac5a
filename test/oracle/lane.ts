/** A pair of plug-ins, each with a namespace of its own, in which lives are led one after the other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api, KubeConfig, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import type { KubernetesObject } from "@kubernetes/client-node";
import { isNamespaced, kindOf } from "../../lab/providers/kubernetes/kinds.ts";
import { eventually } from "../live/eventually.ts";
import { RunningPlugin } from "../unit/lab/providers/runningPlugin.ts";
import type { Properties } from "../unit/lab/providers/runningPlugin.ts";
import { live } from "./life.ts";
import type { Call, Life } from "./life.ts";
import { image, web } from "./lives.ts";

const ways = ["own", "official"] as const;
export type ByWay<T> = Readonly<Record<(typeof ways)[number], T>>;

export interface Setup {
  readonly kubeconfig: string;
  /** Where the official plug-in's program is. */
  readonly official: string;
  /** Where the plug-ins find the engine. */
  readonly engine: string;
  /** Of a project. */
  readonly directory: string;
}

export class Lane {
  readonly namespaces: ByWay<string>;
  readonly #plugins: ByWay<RunningPlugin>;
  readonly #objects: KubernetesObjectApi;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    namespaces: ByWay<string>,
    plugins: ByWay<RunningPlugin>,
    objects: KubernetesObjectApi,
  ) {
    this.namespaces = namespaces;
    this.#plugins = plugins;
    this.#objects = objects;
  }

  static async make(number: number, { kubeconfig, official, engine, directory }: Setup): Promise<Lane> {
    const namespaces = { own: `oracle-own-${number}`, official: `oracle-official-${number}` };
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    await Promise.all(Object.values(namespaces).map((namespace) => furnish(config, namespace)));
    const plugins = {
      own: await RunningPlugin.start("kubernetes", directory),
      official: await RunningPlugin.run(join(official, "pulumi-resource-kubernetes"), [engine]),
    };
    for (const way of ways)
      await plugins[way].configure({
        "kubernetes:config:kubeconfig": readFileSync(kubeconfig, "utf8"),
        "kubernetes:config:namespace": namespaces[way],
      });
    return new Lane(namespaces, plugins, KubernetesObjectApi.makeApiClient(config));
  }

  /** The calls of both, once all lives before it are over. */
  lead(life: Life): Promise<ByWay<Call[]>> {
    const led = this.#last.then(() => this.#lead(life));
    this.#last = led.catch(() => undefined);
    return led;
  }

  /** One after the other if the two objects would be in each other's way. */
  async #lead(life: Life): Promise<ByWay<Call[]>> {
    const led = (way: (typeof ways)[number]): Promise<Call[]> =>
      live(this.#plugins[way], life, (object, change) => this.#patch(object, change));
    if (isApart(life)) {
      const [own, official] = await Promise.all(ways.map(led));
      return { own: own ?? [], official: official ?? [] };
    }
    const official = await led("official");
    return { own: await led("own"), official };
  }

  async stop(): Promise<void> {
    await Promise.all(ways.map((way) => this.#plugins[way].stop()));
  }

  /** A merge patch by somebody else. */
  #patch({ apiVersion, kind, metadata }: Properties, change: Properties): Promise<unknown> {
    const { name, namespace } = metadata as { name: string; namespace?: string };
    const object = {
      apiVersion,
      kind,
      ...change,
      metadata: { ...(change.metadata as object), name, namespace },
    };
    return this.#objects.patch(
      object as KubernetesObject,
      undefined,
      undefined,
      "somebody",
      undefined,
      PatchStrategy.MergePatch,
    );
  }
}

/** Whether each plug-in's namespace holds all of it. */
export const isApart = ({ type, asked }: Life): boolean =>
  isNamespaced(kindOf(`kubernetes:${type}`)) !== false && !JSON.stringify(asked).includes('"nodePort":');

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
