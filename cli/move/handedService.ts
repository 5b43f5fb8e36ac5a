/** A Service whose load balancer changes hands: what there is, and the one change that its controller understands. */
import { CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { V1Service } from "@kubernetes/client-node";
import type { Found } from "../../comparison/clouds/adoption.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { ServiceFacts } from "../../comparison/model/service.ts";
import { factsIn } from "../../comparison/model/sourceResult.ts";
import type { SourceResult } from "../../comparison/model/sourceResult.ts";
import { connectToCloud } from "../../comparison/sources/cloudOfCluster.ts";
import { collect } from "../../comparison/sources/collect.ts";
import { serviceFacts } from "../../comparison/sources/kubernetes/facts.ts";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../../comparison/sources/kubernetes/reader.ts";
import type { ServiceRef } from "../../comparison/sources/kubernetes/reader.ts";
import { cloudEnvironment } from "../../lab/clouds/environment.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { TimeoutError, until } from "../../lab/until.ts";

/** A controller that runs answers within seconds. */
const controllerMs = 120_000;
const pauseMs = 250;

export class HandedService {
  readonly #ref: ServiceRef;
  readonly #settings: LabSettings;
  readonly #signal: AbortSignal;

  constructor(ref: ServiceRef, settings: LabSettings, signal: AbortSignal) {
    this.#ref = ref;
    this.#settings = settings;
    this.#signal = signal;
  }

  async facts(): Promise<ServiceFacts> {
    return serviceFacts(await this.#read(), cloudNamed(this.#settings.cloud).controllers);
  }

  /**
   * @param name the load balancer's: others may be in front of the same node ports
   * @throws if there is none, or a source does not answer
   */
  async find(name: string): Promise<Found> {
    const kubernetes = kubernetesReader(this.#load);
    const cloud = await connectToCloud(kubernetes, cloudEnvironment(this.#settings));
    const ref = { ...this.#ref, loadBalancer: name };
    const sides = { left: ref, right: ref };
    const { left } = await collect(sides, { kubernetes, cloud });
    const service = answered(left.service);
    const { controllers } = cloudNamed(this.#settings.cloud);
    const others = (await kubernetes.services(this.#signal))
      .map((each) => serviceFacts(each, controllers))
      .filter(({ identity }) => identity.id !== service.identity.id);
    return {
      service,
      loadBalancer: answered(left.loadBalancer),
      firewall: answered(left.firewall),
      hasOthers: others.some((other) => controllers[0].claims(other) && other.ingress.length > 0),
    };
  }

  /** All in one request: in between, the controller would see a Service that it has to clean up after, or one without its source ranges. */
  async change(patchOf: (service: V1Service) => object): Promise<void> {
    const { namespace, name } = this.#ref;
    const body = patchOf(await this.#read());
    await this.#load()
      .makeApiClient(CoreV1Api)
      .patchNamespacedService(
        { namespace, name, body },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
  }

  /** @throws if the controller does not do it in time, with what is true then */
  async await(what: string, isDone: (service: ServiceFacts) => boolean): Promise<void> {
    const kubernetes = kubernetesReader(this.#load);
    const { controllers } = cloudNamed(this.#settings.cloud);
    const hasHappened = async (): Promise<boolean> => {
      const service = await kubernetes.service(this.#ref, this.#signal);
      return service !== undefined && isDone(serviceFacts(service, controllers));
    };
    try {
      await until(what, hasHappened, controllerMs, { pauseMs, signal: this.#signal });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      throw new Error(
        `${what} has not happened within ${controllerMs / 1000} s; see whether the controller runs, and repeat the command. The load balancer goes on to serve its clients.`,
        { cause: error },
      );
    }
  }

  /** @throws if there is none */
  async #read(): Promise<V1Service> {
    const service = await kubernetesReader(this.#load).service(this.#ref, this.#signal);
    if (service !== undefined) return service;
    throw new Error(`there is no Service ${this.#ref.namespace}/${this.#ref.name}`);
  }

  readonly #load = (): ReturnType<typeof loadKubeconfig> => loadKubeconfig(this.#settings.kubeconfig);
}

function answered<T>(result: SourceResult<T>): T {
  const facts = factsIn(result);
  if (facts !== undefined) return facts;
  throw new Error("reason" in result ? result.reason : "a source did not answer");
}
