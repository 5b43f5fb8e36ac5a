/** What the simulated testbed consists of, and what happens in it by itself as time passes. */
import type { Part } from "../../../../../comparison/scenarios/testbed/faults.ts";
import { VirtualClock } from "./clock.ts";

/** How fast things happen: what a test changes to see a scenario notice it. Seconds, those of load balancers in the cloud's own time. */
export const physics = {
  timeScale: 20,
  /** Until a new pod is ready. */
  podStart: 2,
  containerRestart: 1,
  /** Until kube-proxy has heard of a change of the endpoints. */
  endpoints: 1,
  preStop: 25,
  nodeMonitor: 50,
  registration: 240,
  /** How many failed checks in a row make a member unhealthy. */
  clusterThreshold: 3,
  localThreshold: 2,
  controller: 1,
  update: 3,
  /** Whether a load balancer without a healthy member sends to all. */
  failsOpen: true,
  /** Whether the cloud's controller restores what it is not told of. */
  controllerWatchesCloud: false,
  /** Whether a pod with a gate waits until its load balancers use it, and how often a controller looks. */
  gatesHold: true,
  look: 15,
  /** Whether a load balancer that the cloud's controller makes has several certificates, and chooses a protocol by ALPN. */
  controllerServesHosts: false,
  /** The versions of TLS that it refuses or not, whatever its listeners say. */
  refusesOldTls: true,
  /** Whether a load balancer keeps the client's address by itself if pods are its members. */
  podsSeeClients: false,
  /** Whether apps do without a header that they expect, and with one that they do not. */
  anyHeader: false,
  /** The client's address in a header. */
  header: "198.51.100.10",
  /** Whether pods take their leave: else their connections break. */
  gracefulEnd: true,
};
export type Physics = typeof physics;

export interface SimulatedNode {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly machine: string;
  ready: boolean;
  cut: boolean;
  unschedulable: boolean;
  excluded: boolean;
  taints: readonly { readonly key: string; readonly effect: string }[];
}

export const zones = ["zone-a", "zone-b", "zone-c"] as const;

export class World {
  readonly clock = new VirtualClock((now) => this.#pass(now));
  readonly nodes: SimulatedNode[] = zones.map((zone, index) => nodeIn(zone, index));
  readonly held = new Set<Part>();
  #due: { readonly at: number; readonly act: () => void }[] = [];
  readonly #passing: ((now: number) => void)[] = [];
  #seed = 7;
  #made = 0;

  readonly physics: Physics;

  constructor(physics: Physics) {
    this.physics = physics;
  }

  /** What happens at each moment. */
  always(act: (now: number) => void): void {
    this.#passing.push(act);
  }

  after(seconds: number, act: () => void): void {
    this.#due.push({ at: this.clock.now() + seconds * 1000, act });
  }

  /** After so many seconds, or when these parts are up again. */
  afterUp(seconds: number, parts: readonly Part[], act: () => void): void {
    this.after(seconds, () => {
      if (parts.some((part) => this.held.has(part))) this.afterUp(seconds, parts, act);
      else act();
    });
  }

  /** The same numbers in each run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
  random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((this.#seed / 0x80000000) * below);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.random(items.length)];
  }

  newId(kind: string): string {
    return `${kind}-${++this.#made}`;
  }

  addNode(): SimulatedNode {
    const node = nodeIn("zone-a", this.nodes.length);
    this.nodes.push(node);
    return node;
  }

  /** @throws as a client does that finds nobody */
  reach(part: Part): void {
    if (this.held.has(part)) throw new Error(`${part} unreachable: connect ECONNREFUSED`);
  }

  #pass(now: number): void {
    const due = this.#due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    if (due.length > 0) this.#due = this.#due.filter(({ at }) => at > now);
    for (const { act } of due) act();
    for (const act of this.#passing) act(now);
  }
}

function nodeIn(zone: string, index: number): SimulatedNode {
  return {
    name: `node-${index + 1}`,
    address: `10.0.${16 * index}.10`,
    zone,
    machine: `machine-${index + 1}`,
    ready: true,
    cut: false,
    unschedulable: false,
    excluded: false,
    taints: [],
  };
}
