/** Pods of one app: how they come, go and are known. */
import type { Side } from "../../../../../comparison/result/bySide.ts";
import type { SimulatedNode, World } from "./world.ts";

export interface SimulatedPod {
  readonly name: string;
  readonly node: SimulatedNode;
  readonly revision: number;
  /** Whether it is Ready only once the load balancers that it is a member of use it. */
  readonly isGated: boolean;
  ready: boolean;
  terminating: boolean;
  /** Whether its process answers. */
  serving: boolean;
  /** Whether it ended in order, so that its connections were closed and not broken. */
  left: boolean;
  restarts: number;
}

/** What kube-proxy knows of a pod. */
interface Endpoint {
  readonly pod: SimulatedPod;
  readonly terminating: boolean;
}

export class App {
  readonly pods: SimulatedPod[] = [];
  endpoints: readonly Endpoint[] = [];
  /** Whether new pods have a gate. */
  isGated = false;
  /** Of each load balancer: whether it uses the pod. */
  readonly gates: ((pod: SimulatedPod) => boolean)[] = [];
  /** Who hears of changes of the pods. */
  readonly followers: (() => void)[] = [];
  #replicas = 3;
  #revision = 1;
  #count = 0;

  private readonly world: World;
  readonly side: Side;

  constructor(world: World, side: Side) {
    this.world = world;
    this.side = side;

    for (const node of world.nodes) this.#make(node, true);
    this.endpoints = this.#actual();
  }

  /** Which pods a node sends to: those that terminate only if there are no others. */
  from(node: SimulatedNode, policy: "Cluster" | "Local"): SimulatedPod[] {
    const candidates = this.endpoints.filter(({ pod }) => policy === "Cluster" || pod.node === node);
    const lasting = candidates.filter(({ terminating }) => !terminating);
    return (lasting.length > 0 ? lasting : candidates).map(({ pod }) => pod);
  }

  hasReadyPodOn(node: SimulatedNode): boolean {
    return this.endpoints.some(({ pod, terminating }) => pod.node === node && !terminating);
  }

  kill(name: string): void {
    this.#remove(this.#find(name));
    this.#replace();
  }

  /** @returns once it is told to end */
  end(name: string): void {
    this.#terminate(this.#find(name));
    this.#replace();
  }

  killContainer(name: string): void {
    const { world } = this;
    const pod = this.#find(name);
    pod.serving = false;
    const tell = (seconds: number, change: () => void) =>
      world.afterUp(seconds, ["API server"], () => {
        change();
        this.news();
      });
    tell(0, () => (pod.ready = false));
    world.after(world.physics.containerRestart, () => (pod.serving = true));
    tell(world.physics.containerRestart, () => {
      pod.ready = true;
      pod.restarts += 1;
    });
  }

  scale(replicas: number): void {
    this.#replicas = replicas;
    for (const pod of this.#lasting().slice(replicas)) this.#terminate(pod);
    this.#replace();
  }

  restart(): void {
    this.#revision += 1;
    this.#rollOut();
  }

  isRolledOut(): boolean {
    const lasting = this.#lasting();
    return (
      lasting.length === this.#replicas &&
      lasting.every(({ ready, revision }) => ready && revision === this.#revision)
    );
  }

  /** Endpoints change for everybody a while after the pods did. */
  news(): void {
    this.world.afterUp(this.world.physics.endpoints, ["API server"], () => {
      this.endpoints = this.#actual();
      for (const follow of this.followers) follow();
    });
  }

  /** Whether a load balancer may have it as a member: one with a gate is not Ready before it is. */
  static isCandidate({ ready, serving, isGated, terminating }: SimulatedPod): boolean {
    return (ready || (isGated && serving)) && !terminating;
  }

  #actual(): Endpoint[] {
    return this.pods
      .filter(({ ready, terminating }) => ready || terminating)
      .map((pod) => ({ pod, terminating: pod.terminating }));
  }

  #lasting(): SimulatedPod[] {
    return this.pods.filter(({ terminating }) => !terminating);
  }

  #find(name: string): SimulatedPod {
    const pod = this.pods.find((each) => each.name === name);
    if (pod === undefined) throw new Error(`there is no pod ${name}`);
    return pod;
  }

  #make(node: SimulatedNode, ready = false): SimulatedPod {
    this.#count += 1;
    const pod: SimulatedPod = {
      name: `${this.side}-${String(this.#count).padStart(3, "0")}`,
      node,
      revision: this.#revision,
      isGated: this.isGated && this.world.physics.gatesHold,
      ready,
      terminating: false,
      serving: ready,
      left: false,
      restarts: 0,
    };
    this.pods.push(pod);
    if (!ready)
      this.world.after(this.world.physics.podStart, () => {
        pod.serving = !node.cut;
        this.#open(pod);
        this.news();
      });
    return pod;
  }

  #open(pod: SimulatedPod): void {
    const { world } = this;
    pod.ready = pod.serving && (!pod.isGated || this.gates.every((isOpen) => isOpen(pod)));
    if (pod.ready || !pod.isGated || pod.terminating) return;
    world.after(world.physics.look / 2, () => {
      this.#open(pod);
      this.news();
    });
  }

  #remove(pod: SimulatedPod): void {
    pod.serving = false;
    pod.ready = false;
    const index = this.pods.indexOf(pod);
    if (index >= 0) this.pods.splice(index, 1);
    this.news();
  }

  #terminate(pod: SimulatedPod): void {
    pod.terminating = true;
    this.news();
    this.world.after(this.world.physics.preStop, () => {
      pod.left = this.world.physics.gracefulEnd;
      this.#remove(pod);
    });
  }

  #replace(): void {
    while (this.#lasting().length < this.#replicas) this.#make(this.#emptiest(this.#lasting()));
  }

  #emptiest(pods: readonly SimulatedPod[]): SimulatedNode {
    const free = this.world.nodes.filter((node) => node.ready && !node.unschedulable);
    const count = (node: SimulatedNode): number => pods.filter((pod) => pod.node === node).length;
    const [node] = free.sort((a, b) => count(a) - count(b));
    if (node === undefined) throw new Error("no node takes pods");
    return node;
  }

  /** One pod after the other: each new one is ready before an old one goes. */
  #rollOut(): void {
    const old = this.#lasting().filter(({ revision }) => revision < this.#revision);
    if (old.length === 0) return;
    const made = this.#make(
      this.#emptiest(this.#lasting().filter(({ revision }) => revision === this.#revision)),
    );
    const goOn = (): void => {
      if (made.isGated && !made.ready) {
        this.world.after(0.1, goOn);
        return;
      }
      const next = old.find(({ node }) => node === made.node) ?? old[0];
      if (next !== undefined) this.#terminate(next);
      this.#rollOut();
    };
    this.world.after(this.world.physics.podStart + 0.1, goOn);
  }
}
