/** One exposure: its Service, its load balancer and firewall entries, and how its maker brings them to what is declared. */
import type { Side } from "../../../../../comparison/result/bySide.ts";
import type { VariantName } from "../../../../../comparison/scenarios/testbed/variants.ts";
import type { EndsTls, Variant } from "../../../../../comparison/scenarios/testbed/variants.ts";
import { App } from "./apps.ts";
import { Balancer, machineOf } from "./balancers.ts";
import type { SimulatedPool } from "./balancers.ts";
import type { SimulatedNode, World } from "./world.ts";
import { zones } from "./world.ts";

export interface SimulatedOpening {
  readonly id: string;
  port: number;
  source: string;
}

interface Port {
  readonly name: string;
  readonly port: number;
  nodePort: number;
}

let nextNodePort = 31_000;

export class ExposureState {
  ports: Port[] = [];
  type: "NodePort" | "LoadBalancer";
  policy: "Cluster" | "Local" = "Cluster";
  ranges: readonly string[] = [];
  annotations: Record<string, unknown> = {};
  /** By what each is for. */
  readonly openings = new Map<string, SimulatedOpening>();
  /** What its owner's program made, or what a cloud controller did. */
  balancer: Balancer | undefined;
  /** What a cloud controller makes for a Service whose load balancer the program has. */
  second: Balancer | undefined;
  readonly healthCheckNodePort = ++nextNodePort + 1000;
  #declared: Variant | undefined;
  /** What Pulumi remembers. */
  #state = "";

  private readonly world: World;
  readonly side: Side;
  readonly variant: VariantName;
  readonly app: App;

  constructor(world: World, side: Side, variant: VariantName, app: App) {
    this.world = world;
    this.side = side;
    this.variant = variant;
    this.app = app;

    this.type = side === "left" ? "NodePort" : "LoadBalancer";
    app.followers.push(() => {
      this.#followPods();
    });
    app.gates.push((pod) =>
      this.#podPools().every(({ members }) =>
        members.some((member) => member.pod === pod && member.state === "healthy"),
      ),
    );
  }

  get isLocal(): boolean {
    return this.policy === "Local";
  }

  /** What a Service's ports become: those that say nothing of a node port keep theirs. */
  setPorts(
    ports: readonly { readonly name: string; readonly port: number; readonly nodePort?: number }[],
  ): void {
    this.ports = ports.map(({ name, port, nodePort }) => ({
      name,
      port,
      nodePort: nodePort ?? this.ports.find((each) => each.name === name)?.nodePort ?? ++nextNodePort,
    }));
  }

  /** As Pulumi does: what is declared as before is left alone unless it is refreshed. @returns whether it was changed */
  declare(variant: Variant, refresh = false): boolean {
    const machines = this.side === "left" ? this.world.nodes.map(({ machine }) => machine) : [];
    const state = JSON.stringify([variant, machines]);
    if (state === this.#state && !refresh) return false;
    this.#state = state;
    this.#declared = variant;
    this.policy = variant.options.externalTrafficPolicy ?? "Cluster";
    this.ranges = variant.options.loadBalancerSourceRanges;
    this.type = this.side === "left" ? "NodePort" : "LoadBalancer";
    this.setPorts(variant.ports.map((port) => ({ ...port, name: port.name })));
    return true;
  }

  /** How a port ends TLS; undefined if it does not. */
  tlsOf(port: number): EndsTls | undefined {
    const named = this.ports.find((each) => each.port === port)?.name;
    return named === undefined ? undefined : this.#declared?.tls?.[named];
  }

  /** Whether its app expects a proxy protocol header. */
  get readsHeader(): boolean {
    return this.#declared?.readsHeader === true;
  }

  get attachesGroup(): boolean {
    return this.side === "left" && this.#declared?.attachesGroup === true;
  }

  get controllerRegisters(): boolean {
    return this.side === "left" && this.#declared?.controllerRegisters === true;
  }

  /** As the program does: in place, but for what the cloud cannot change. */
  provision(): void {
    const scheme = this.#declared?.options.scheme === "internal";
    if (this.balancer?.internal !== scheme) {
      if (this.balancer !== undefined) this.balancer.isGone = true;
      this.balancer = new Balancer(this.world);
      this.balancer.internal = scheme;
    }
    const { balancer } = this;
    this.#configure(balancer, this.world.nodes);
    for (const pool of balancer.pools) {
      pool.intervalSeconds = this.isLocal ? 10 : 30;
      pool.draining = {
        delaySeconds: this.#declared?.drainingSeconds ?? 300,
        terminates: false,
      };
    }
    const wanted = new Map<string, [number, string]>();
    for (const { nodePort } of this.ports)
      for (const source of this.ranges) wanted.set(`${nodePort} ${source}`, [nodePort, source]);
    this.#openExactly("", wanted);
  }

  /** As AWS's cloud controller manager does: a target group whose check or port is another one is made anew, and so is a rule. */
  reconcile(): void {
    const wanted = new Map<string, [number, string]>();
    if (this.type === "NodePort") {
      const former = this.side === "left" ? this.second : this.balancer;
      if (former !== undefined) former.isGone = true;
      if (this.side === "left") this.second = undefined;
      else this.balancer = undefined;
    } else {
      const balancer = (this.side === "left" ? this.second : this.balancer) ?? new Balancer(this.world);
      if (this.side === "left") this.second = balancer;
      else this.balancer = balancer;
      const intervalSeconds = this.isLocal ? 10 : 30;
      balancer.pools = balancer.pools.filter((pool) => pool.intervalSeconds === intervalSeconds);
      this.#configure(
        balancer,
        this.world.nodes.filter(({ excluded }) => !excluded),
      );
      const check = this.isLocal ? this.healthCheckNodePort : undefined;
      for (const { nodePort } of this.ports) {
        const checked = check ?? nodePort;
        for (const zone of zones)
          wanted.set(`controller ${checked} ${zone}`, [checked, `10.1.${zones.indexOf(zone)}.0/24`]);
        if (this.side === "right")
          for (const source of this.ranges)
            wanted.set(`controller ${nodePort} ${source}`, [nodePort, source]);
      }
    }
    this.#openExactly("controller ", wanted);
  }

  /** Whether the firewall lets the client reach the node port. */
  lets(nodePort: number): boolean {
    for (const { port, source } of this.openings.values())
      if (port === nodePort && source.startsWith("198.51.100.")) return true;
    return false;
  }

  register(node: SimulatedNode): void {
    for (const pool of this.balancer?.pools ?? []) this.balancer?.register(pool, node);
  }

  #podPools(): SimulatedPool[] {
    return (this.balancer?.pools ?? []).filter(({ isOfPods }) => isOfPods);
  }

  /** As a controller does that registers pods. */
  #followPods(): void {
    const pods = this.app.pods.filter((pod) => App.isCandidate(pod));
    for (const pool of this.#podPools()) {
      for (const pod of pods) this.balancer?.register(pool, pod.node, pod);
      for (const member of pool.members)
        if (!pods.some((pod) => pod === member.pod) && member.state !== "draining")
          this.balancer?.deregister(pool, machineOf(member));
    }
  }

  #openExactly(maker: string, wanted: ReadonlyMap<string, readonly [number, string]>): void {
    const isOf = (key: string): boolean =>
      maker === "" ? !key.startsWith("controller ") : key.startsWith(maker);
    for (const key of this.openings.keys()) if (isOf(key) && !wanted.has(key)) this.openings.delete(key);
    for (const [key, [port, source]] of wanted) {
      const opening = this.openings.get(key);
      if (opening === undefined) this.openings.set(key, { id: this.world.newId("rule"), port, source });
      else Object.assign(opening, { port, source });
    }
  }

  #configure(balancer: Balancer, nodes: readonly SimulatedNode[]): void {
    balancer.crossZone = this.#declared?.crossZone ?? false;
    const { podMembers = false, proxyProtocol } = this.#declared ?? {};
    // What it was told before it keeps.
    balancer.addsHeader = proxyProtocol ?? balancer.addsHeader;
    balancer.preservesClient =
      this.#declared?.preservesClientAddress ?? (!podMembers || this.world.physics.podsSeeClients);
    const pools = this.ports.map((port) => [port, this.#poolFor(balancer, port)] as const);
    balancer.pools = pools.map(([, pool]) => pool);
    for (const [port, { id }] of balancer.listeners)
      if (!pools.some(([wanted, pool]) => wanted.port === port && pool.id === id)) {
        const moved = pools.find(([wanted]) => wanted.port === port);
        if (moved === undefined) balancer.listeners.delete(port);
      }
    for (const [{ port }, pool] of pools) {
      const id = balancer.listeners.get(port)?.id ?? this.world.newId("listener");
      balancer.listeners.set(port, { id, pool });
      if (pool.isOfPods) continue;
      for (const node of nodes) balancer.register(pool, node);
      for (const { node, state } of pool.members)
        if (!nodes.includes(node) && state !== "draining") balancer.deregister(pool, node.machine);
      // A machine that is gone is no member.
      pool.members = pool.members.filter(({ node }) => this.world.nodes.includes(node));
    }
    this.#followPods();
  }

  #poolFor(balancer: Balancer, { name, nodePort }: Port): SimulatedPool {
    const isOfPods = this.#declared?.podMembers ?? false;
    const found = balancer.pools.find(
      (pool) => pool.name === name && pool.memberPort === nodePort && pool.isOfPods === isOfPods,
    );
    if (found !== undefined) return found;
    return {
      id: this.world.newId("target group"),
      name,
      isOfPods,
      app: this.app,
      memberPort: nodePort,
      checkPort: "traffic-port",
      intervalSeconds: this.isLocal ? 10 : 30,
      draining: { delaySeconds: 300, terminates: false },
      passes: (node) => this.#passes(node),
      members: [],
      closedAt: new Map(),
    };
  }

  /** Only a LoadBalancer Service has a healthCheckNodePort; a check of the node port passes as long as a pod serves. */
  #passes(node: SimulatedNode): boolean {
    if (this.variant === "udp") return true;
    if (!this.isLocal) return this.app.from(node, "Cluster").length > 0;
    if (this.side === "right") return this.app.hasReadyPodOn(node);
    return this.app.from(node, "Local").some(({ serving }) => serving);
  }
}
