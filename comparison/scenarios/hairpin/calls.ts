/** Pods that call their own load balancer, at each zone's address. */
import { isServing } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { dial } from "../traffic/dial.ts";
import { firstPort } from "../traffic/loadOn.ts";

/** From each pod to each zone's address, at once. */
const calls = 3;

/** Share of calls that were answered, in percent. */
export interface Shares {
  /** Of calls to the address of the pod's own zone. */
  readonly own: number;
  readonly others: number;
}

export async function callAll(testbed: Testbed, target: Target): Promise<Shares> {
  const { cluster, cloud } = testbed;
  const [pods, nodes, zones] = await Promise.all([
    cluster.pods(target),
    cluster.nodes(),
    cloud.zones(target.address),
  ]);
  const zoneOf = new Map(nodes.map(({ name, zone }) => [name, zone]));
  const port = firstPort(target.address, target.ports);
  const asked = pods.filter(isServing).flatMap(({ name, node }) =>
    zones.flatMap(({ address: host, zone }) =>
      Array.from({ length: calls }, async (): Promise<Call> => ({
        own: zone === zoneOf.get(node),
        answered: await dial(testbed, target, name, { host, port }),
      })),
    ),
  );
  return sharesOf(await Promise.all(asked));
}

export interface Call {
  /** Whether the address was that of the pod's own zone. */
  readonly own: boolean;
  readonly answered: boolean;
}

/** @throws if there were no calls of one of the two kinds: nothing was measured then */
export function sharesOf(made: readonly Call[]): Shares {
  const share = (own: boolean): number => {
    const calls = made.filter((call) => call.own === own);
    if (calls.length === 0)
      throw new Error(`no pod has a load balancer's address in ${own ? "its own zone" : "another zone"}`);
    return (100 * calls.filter(({ answered }) => answered).length) / calls.length;
  };
  return { own: share(true), others: share(false) };
}
