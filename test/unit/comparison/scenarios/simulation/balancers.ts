/** Load balancers: their members' health, and where they send a connection. */
import type { Draining, MemberState, ZoneAddress } from "../../../../../comparison/clouds/operations.ts";
import type { App, SimulatedPod } from "./apps.ts";
import type { SimulatedNode, World } from "./world.ts";
import { zones } from "./world.ts";

export interface SimulatedMember {
  readonly node: SimulatedNode;
  /** If it is the member, and not its node. */
  readonly pod?: SimulatedPod;
  state: MemberState;
  registeredAt: number;
  /** When its checks began to give the other answer than its state. */
  since: number | undefined;
  drainedAt: number;
}

export interface SimulatedPool {
  id: string;
  readonly name: string;
  /** Whether pods are its members. */
  readonly isOfPods: boolean;
  readonly app: App;
  memberPort: number;
  checkPort: string;
  intervalSeconds: number;
  draining: Draining;
  /** Whether a node passes the checks that both ways declare. */
  passes: (node: SimulatedNode) => boolean;
  members: SimulatedMember[];
  /** When connections to a machine were closed last. */
  readonly closedAt: Map<string, number>;
}

export interface Choice {
  readonly pool: SimulatedPool;
  readonly member: SimulatedMember;
}

export const machineOf = ({ node, pod }: Pick<SimulatedMember, "node" | "pod">): string =>
  pod?.name ?? node.machine;

export class Balancer {
  readonly id: string;
  readonly address: string;
  readonly zones: readonly ZoneAddress[];
  readonly listeners = new Map<number, { readonly id: string; readonly pool: SimulatedPool }>();
  pools: SimulatedPool[] = [];
  crossZone = false;
  preservesClient = true;
  addsHeader = false;
  internal = false;
  isGone = false;

  private readonly world: World;

  constructor(world: World) {
    this.world = world;

    this.id = world.newId("load balancer");
    const own = this.id.split("-")[1] ?? "";
    this.zones = zones.map((zone, index) => ({
      zone,
      address: `203.0.${own}.${index + 1}`,
      sourceAddress: `10.${index + 1}.0.${own}`,
    }));
    this.address = `${this.id.replace(" ", "-")}.elb.example`;
    world.always((now) => this.#check(now));
  }

  /** Addresses that its name leads to: of zones with a healthy member, or all if no member is healthy. */
  resolve(): string[] {
    const healthy = this.pools.flatMap(({ members }) => members.filter(({ state }) => state === "healthy"));
    const named = this.zones.filter(
      ({ zone }) => this.crossZone || healthy.some(({ node }) => node.zone === zone),
    );
    return (named.length > 0 ? named : this.zones).map(({ address }) => address);
  }

  /** @returns undefined if no member can take it */
  choose(pool: SimulatedPool, zone: string): SimulatedMember | undefined {
    const members = pool.members.filter(
      ({ node, state }) => !["initial", "draining"].includes(state) && (this.crossZone || node.zone === zone),
    );
    const healthy = members.filter(({ state }) => state === "healthy");
    if (healthy.length === 0 && !this.world.physics.failsOpen) return undefined;
    return this.world.pick(healthy.length > 0 ? healthy : members);
  }

  register(pool: SimulatedPool, node: SimulatedNode, pod?: SimulatedPod): void {
    const member = pool.members.find((each) => each.node === node && each.pod === pod);
    if (member !== undefined && member.state !== "draining") return;
    pool.members = pool.members.filter((each) => each !== member);
    const registeredAt = this.world.clock.now();
    pool.members.push({
      node,
      ...(pod === undefined ? {} : { pod }),
      state: "initial",
      registeredAt,
      since: undefined,
      drainedAt: Infinity,
    });
  }

  deregister(pool: SimulatedPool, machine: string): void {
    const member = pool.members.find((each) => machineOf(each) === machine);
    if (member === undefined) throw new Error(`${machine} is no member`);
    member.state = "draining";
    member.drainedAt = this.world.clock.now() + this.#cloudTime(pool.draining.delaySeconds);
  }

  #cloudTime(seconds: number): number {
    return (seconds * 1000) / this.world.physics.timeScale;
  }

  #check(now: number): void {
    if (this.isGone) return;
    for (const pool of this.pools) {
      if (pool.members.some(({ drainedAt }) => drainedAt <= now)) this.#letGo(pool, now);
      const lost = pool.members.filter((member) => this.#turnsUnhealthy(pool, member, now));
      // Connections to an unhealthy member are reset, unless the load balancer fails open because of it.
      if (lost.length > 0 && pool.members.some(({ state }) => state === "healthy"))
        for (const member of lost) pool.closedAt.set(machineOf(member), now);
    }
  }

  /** Members that have drained. */
  #letGo(pool: SimulatedPool, now: number): void {
    for (const member of pool.members)
      if (member.drainedAt <= now && pool.draining.terminates) pool.closedAt.set(machineOf(member), now);
    pool.members = pool.members.filter(({ drainedAt }) => drainedAt > now);
  }

  #turnsUnhealthy(pool: SimulatedPool, member: SimulatedMember, now: number): boolean {
    if (member.state === "draining") return false;
    const { physics } = this.world;
    const { pod } = member;
    const passes =
      !member.node.cut &&
      pool.checkPort !== "1" &&
      (pod === undefined ? pool.passes(member.node) : pod.serving);
    if (member.state === "initial") {
      if (now - member.registeredAt >= this.#cloudTime(physics.registration))
        member.state = passes ? "healthy" : "unhealthy";
      return false;
    }
    if (passes === (member.state === "healthy")) {
      member.since = undefined;
      return false;
    }
    member.since ??= now;
    const failing = pool.intervalSeconds < 30 ? physics.localThreshold : physics.clusterThreshold;
    const checks = passes ? 2 : failing;
    if (now - member.since < this.#cloudTime(checks * pool.intervalSeconds)) return false;
    member.state = passes ? "healthy" : "unhealthy";
    member.since = undefined;
    return !passes;
  }
}
