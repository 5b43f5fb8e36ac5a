/** Where a request goes: through a load balancer and kube-proxy to a pod, or to nobody. */
import type { ZoneAddress } from "../../../../../comparison/clouds/operations.ts";
import type { Balancer, SimulatedPool } from "./balancers.ts";
import type { App, SimulatedPod } from "./apps.ts";
import type { ExposureState } from "./exposure.ts";
import type { SimulatedNode, World } from "./world.ts";

export const clientAddress = "198.51.100.10";

/** A connection that was made. */
export interface Connection {
  readonly address: string;
  readonly pod: SimulatedPod;
  readonly node: SimulatedNode;
  readonly app: App;
  /** Whom the pod takes for the client. */
  readonly seen: string;
  readonly through: { readonly balancer: Balancer; readonly pool: SimulatedPool } | undefined;
  readonly at: number;
}

/** Why none was: `timeout` if nobody says anything. */
export interface Refusal {
  readonly address?: string;
  readonly refused: string;
}

export const timeout = "timeout";

interface Located {
  readonly balancer: Balancer;
  readonly zone: ZoneAddress;
}

export class Network {
  readonly #located = new Map<string, Located>();

  private readonly world: World;
  private readonly exposures: readonly ExposureState[];

  constructor(world: World, exposures: readonly ExposureState[]) {
    this.world = world;
    this.exposures = exposures;
  }

  balancers(): Balancer[] {
    return this.exposures.flatMap(({ balancer = [], second = [] }) => [balancer, second].flat());
  }

  resolve(host: string): readonly string[] {
    if (/^[\d.]+$/.test(host)) return [host];
    for (const { balancer, second } of this.exposures) {
      if (balancer?.address === host) return balancer.resolve();
      if (second?.address === host) return second.resolve();
    }
    return [];
  }

  /** @param from a node that a pod calls from; the client outside if undefined */
  connect(host: string, port: number, from?: SimulatedNode): Connection | Refusal {
    const address = this.world.pick(this.resolve(host));
    if (address === undefined) return { refused: "ENOTFOUND" };
    const node = this.world.nodes.find((each) => each.address === address);
    if (node !== undefined)
      return this.#viaNode(address, node, port, from?.address ?? clientAddress, true, undefined);
    const found = this.#atAddress(address);
    const listener = found?.balancer.listeners.get(port);
    if (found === undefined || listener === undefined) return { address, refused: timeout };
    const { balancer, zone } = found;
    if (balancer.isGone || (balancer.internal && from === undefined)) return { address, refused: timeout };
    const { pool } = listener;
    const member = balancer.choose(pool, zone.zone);
    if (member === undefined) return { address, refused: "ECONNREFUSED" };
    const { pod } = member;
    const { preservesClient } = balancer;
    // A node drops a flow that claims to come from the node itself, and so does a pod.
    if (preservesClient && member.node === from) return { address, refused: timeout };
    const source = preservesClient ? (from?.address ?? clientAddress) : zone.sourceAddress;
    if (pod !== undefined) {
      const { node } = pod;
      const through = { balancer, pool };
      if (!pod.serving || node.cut) return { address, refused: timeout };
      return {
        address,
        pod,
        node,
        app: pool.app,
        seen: source,
        through,
        at: this.world.clock.now(),
      };
    }
    const isFiltered = preservesClient && from === undefined;
    return this.#viaNode(address, member.node, pool.memberPort, source, isFiltered, { balancer, pool });
  }

  #atAddress(address: string): Located | undefined {
    const known = this.#located.get(address);
    if (known !== undefined) return known;
    for (const balancer of this.balancers())
      for (const zone of balancer.zones) this.#located.set(zone.address, { balancer, zone });
    return this.#located.get(address);
  }

  /** Whether it can still be used, or else whether it broke. */
  stateOf({ pod, node, through, at }: Connection): "open" | "closed" | "broken" {
    if (pod.left) return "closed";
    if (!pod.serving || node.cut || pod.node.cut) return "broken";
    if (through === undefined) return "open";
    const { balancer, pool } = through;
    const isReset = (pool.closedAt.get(node.machine) ?? 0) > at;
    return balancer.isGone || isReset ? "broken" : "open";
  }

  #viaNode(
    address: string,
    node: SimulatedNode,
    port: number,
    source: string,
    isFiltered: boolean,
    through: Connection["through"],
  ): Connection | Refusal {
    const exposure = this.exposures.find(({ ports }) => ports.some(({ nodePort }) => nodePort === port));
    if (node.cut || exposure === undefined) return { address, refused: timeout };
    if (isFiltered && !exposure.lets(port)) return { address, refused: timeout };
    const { app, policy } = exposure;
    const pod = this.world.pick(app.from(node, policy));
    if (pod === undefined) return { address, refused: policy === "Local" ? timeout : "ECONNREFUSED" };
    if (!pod.serving || pod.node.cut) return { address, refused: timeout };
    const seen = policy === "Local" ? source : node.address;
    const addsHeader = through?.balancer.addsHeader === true;
    const { anyHeader, header } = this.world.physics;
    if (addsHeader !== exposure.readsHeader && !anyHeader) return { address, refused: "ECONNRESET" };
    return {
      ...{ address, pod, node, app, through, at: this.world.clock.now() },
      seen: addsHeader && exposure.readsHeader ? header : seen,
    };
  }
}
