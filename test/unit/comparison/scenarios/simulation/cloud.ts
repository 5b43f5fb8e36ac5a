/** The cloud's API of the simulated testbed. */
import type { CloudOperations, Opening } from "../../../../../comparison/clouds/operations.ts";
import { machineOf } from "./balancers.ts";
import type { Balancer, SimulatedPool } from "./balancers.ts";
import type { SimulatedOpening } from "./exposure.ts";
import type { Simulation } from "./testbed.ts";

export function simulatedCloud({ world, exposures, network }: Simulation): CloudOperations {
  const asked = async <T>(answer: () => T): Promise<T> => {
    await Promise.resolve();
    world.reach("cloud API");
    return answer();
  };
  const find = (address: string): Balancer => {
    const found = network.balancers().find((each) => each.address === address);
    if (found === undefined) throw new Error(`no load balancer has the address ${address}`);
    return found;
  };
  const poolWith = (id: string): { readonly balancer: Balancer; readonly pool: SimulatedPool } => {
    for (const balancer of network.balancers())
      for (const pool of balancer.pools) if (pool.id === id) return { balancer, pool };
    throw new Error(`there is no pool ${id}`);
  };
  const openingWith = ({ id }: Opening): [Map<string, SimulatedOpening>, string, SimulatedOpening] => {
    for (const { openings } of exposures)
      for (const [key, opening] of openings) if (opening.id === id) return [openings, key, opening];
    throw new Error(`there is no opening ${id}`);
  };
  return {
    zones: (address) => asked(() => find(address).zones),
    scheme: (address) => asked(() => (find(address).internal ? "internal" : "internet-facing")),
    listeningPorts: (address) => asked(() => [...find(address).listeners.keys()]),
    deleteListener: (address, port) => asked(() => void find(address).listeners.delete(port)),
    pools: (address) =>
      asked(() =>
        find(address).pools.map(({ id, checkPort, intervalSeconds, draining }) => ({
          id,
          addsHeader: find(address).addsHeader,
          check: { port: checkPort, intervalSeconds },
          draining,
        })),
      ),
    members: (address) =>
      asked(() =>
        find(address).pools.flatMap(({ id, memberPort, members }) =>
          members.map((member) => ({
            pool: id,
            machine: machineOf(member),
            port: memberPort,
            state: member.state,
            reason: "",
          })),
        ),
      ),
    takeOut: ({ pool: id, machine }) =>
      asked(() => {
        const { balancer, pool } = poolWith(id);
        balancer.deregister(pool, machine);
      }),
    putBack: ({ pool: id, machine }) =>
      asked(() => {
        const { balancer, pool } = poolWith(id);
        const node = world.nodes.find((each) => each.machine === machine);
        if (node !== undefined) balancer.register(pool, node);
      }),
    setDraining: (id, draining) => asked(() => void (poolWith(id).pool.draining = draining)),
    setCheckPort: (id, port) => asked(() => void (poolWith(id).pool.checkPort = port)),
    openings: (nodePort) =>
      asked(() =>
        exposures
          .flatMap(({ openings }) => [...openings.values()])
          .filter(({ port }) => port === nodePort)
          .map(({ id, source }) => ({ id, source })),
      ),
    balancerOpenings: () => asked(() => []),
    changeSource: (opening, source) =>
      asked(() => {
        openingWith(opening)[2].source = source;
        return true;
      }),
    close: (opening) =>
      asked(() => {
        const [openings, key] = openingWith(opening);
        openings.delete(key);
      }),
    objects: () =>
      asked(() => {
        const balancers = network.balancers();
        return {
          "load balancer": balancers.map(({ id }) => id),
          listener: balancers.flatMap(({ listeners }) => [...listeners.values()].map(({ id }) => id)),
          "target group": balancers.flatMap(({ pools }) => pools.map(({ id }) => id)),
          rule: exposures.flatMap(({ openings }) => [...openings.values()].map(({ id }) => id)),
        };
      }),
    loadBalancerService: {
      annotations: { "example.org/type": "network" },
      left: [],
      loadBalancerClass: undefined,
      finalizer: "service.kubernetes.io/load-balancer-cleanup",
    },
    readinessGate: { "example.org/gate": "enabled" },
    drainingAnnotations: (delaySeconds) => ({ "example.org/draining": String(delaySeconds) }),
  };
}
