/** Octavia's load balancers, found by the address that clients use. */
import { shared } from "../../../shared.ts";
import type { LoadBalancerOperations, Member, MemberState } from "../../operations.ts";
import { partOf, readInventory, readMembers, readWithoutMembers } from "../api/objects.ts";
import type {
  Inventory,
  InventoryWithoutMembers,
  LoadBalancer,
  Member as OctaviaMember,
} from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";
import { changed } from "./changes.ts";
import { machinesIn } from "./machines.ts";
import type { Machine } from "./machines.ts";

/** Where Octavia is told no zone. */
const noZone = "default";

export function loadBalancerOperations(api: OpenStackApi): LoadBalancerOperations {
  const all = shared(() => readWithoutMembers(api));
  const machines = shared(() => machinesIn(api));
  const read = async (address: string): Promise<Found> => foundAt(address, await all());
  return {
    async zones(address) {
      const { balancer } = await read(address);
      const zone = balancer.availability_zone ?? noZone;
      return [{ zone, address, sourceAddress: balancer.vip_address }];
    },
    async scheme(address) {
      const { isFloating } = await read(address);
      return isFloating ? "internet-facing" : "internal";
    },
    async listeningPorts(address) {
      return (await read(address)).listeners.map(({ protocol_port: port }) => port);
    },
    async deleteListener(address, port) {
      const { balancer, listeners } = await read(address);
      const listener = listeners.find(({ protocol_port }) => protocol_port === port);
      if (listener === undefined) throw new Error(`${address} has no listener on port ${port}`);
      await changed(api, balancer.id, () =>
        api.ask("DELETE", "load-balancer", `v2/lbaas/listeners/${listener.id}`),
      );
    },
    async pools(address) {
      const { pools, monitors } = await read(address);
      const described = pools.map(async (pool) => {
        const { id, protocol } = pool;
        const monitor = monitors.find((each) => each.pools.some((of) => of.id === id));
        const port = (await readMembers(api, pool))[0]?.monitor_port ?? undefined;
        return {
          id,
          check: {
            port: port === undefined ? "traffic-port" : String(port),
            intervalSeconds: monitor?.delay ?? Infinity,
          },
          // A member that is taken out keeps its connections for as long as they last.
          draining: { delaySeconds: Infinity, terminates: false },
          addsHeader: protocol.startsWith("PROXY"),
        };
      });
      return Promise.all(described);
    },
    async members(address) {
      const [{ pools }, instances] = await Promise.all([read(address), machines()]);
      const members = pools.map(async (pool) =>
        (await readMembers(api, pool)).map((member) => memberOf(pool.id, member, instances)),
      );
      return (await Promise.all(members)).flat();
    },
    async takeOut({ pool, machine }) {
      const [inventory, instances] = await Promise.all([readInventory(api), machinesIn(api)]);
      const { balancer, member } = memberIn(inventory, pool, instances, machine);
      await changed(api, balancer, () =>
        api.ask("DELETE", "load-balancer", `v2/lbaas/pools/${pool}/members/${member.id}`),
      );
    },
    // Of scenarios that need what OpenStack lacks: a draining delay, and fail open. ../features.ts
    putBack: () => Promise.reject(new Error("nothing on OpenStack puts a member back")),
    setDraining: () => Promise.reject(new Error("Octavia has no draining delay that could be set")),
    setCheckPort: () => Promise.reject(new Error("nothing on OpenStack sets the port of checks")),
  };
}

interface Found extends Pick<InventoryWithoutMembers, "listeners" | "pools" | "monitors"> {
  readonly balancer: LoadBalancer;
  /** Whether the address is a floating IP. */
  readonly isFloating: boolean;
}

/** @throws if no load balancer has that address */
function foundAt(address: string, inventory: InventoryWithoutMembers): Found {
  const floating = inventory.floatingIps.find(
    (each) => each.floating_ip_address === address && each.port_id !== null,
  );
  const balancer = inventory.loadBalancers.find(({ vip_address, vip_port_id }) =>
    floating === undefined ? vip_address === address : vip_port_id === floating.port_id,
  );
  if (balancer === undefined) throw new Error(`no load balancer has the address ${address}`);
  const isPart = partOf(balancer);
  return {
    balancer,
    isFloating: floating !== undefined,
    listeners: inventory.listeners.filter(isPart),
    pools: inventory.pools.filter(isPart),
    monitors: inventory.monitors,
  };
}

interface InPool {
  /** Id of the pool's load balancer. */
  readonly balancer: string;
  readonly member: OctaviaMember;
}

function memberIn(inventory: Inventory, id: string, machines: readonly Machine[], machine: string): InPool {
  const pool = inventory.pools.find((each) => each.id === id);
  if (pool === undefined) throw new Error(`there is no pool ${id}`);
  const address = machines.find((each) => each.id === machine)?.address;
  const member = pool.members.find((each) => each.address === address);
  if (member === undefined) throw new Error(`the pool ${id} has no member ${machine}`);
  return { balancer: pool.loadbalancers[0]?.id ?? "", member };
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#operating-status-codes. `NO_MONITOR` gets connections, whatever its health. */
const states: Readonly<Record<string, MemberState>> = {
  ONLINE: "healthy",
  ERROR: "unhealthy",
  DRAINING: "draining",
  OFFLINE: "unused",
  NO_MONITOR: "unknown",
};

function memberOf(pool: string, member: OctaviaMember, machines: readonly Machine[]): Member {
  const { address, protocol_port: port, operating_status: status } = member;
  return {
    pool,
    machine: machines.find((machine) => machine.address === address)?.id ?? address,
    port,
    state: states[status] ?? "unknown",
    reason: states[status] === "healthy" ? "" : status,
  };
}
