/** A pod that calls its own load balancer. If the client's address is kept, a target cannot reach itself. */
import type { Scenario } from "../scenario.ts";
import { onBothSides } from "../sides.ts";
import { isServing } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { dial } from "../traffic/dial.ts";
import { firstPort } from "../traffic/loadOn.ts";
import { conclude, sharesOf, variants } from "./conclude.ts";
import type { Call, Measured, Shares } from "./conclude.ts";

/** From each pod to each zone's address, at once. */
const calls = 3;

export const hairpin: Scenario<Measured> = {
  id: "hairpin",
  title: "A pod calls its own load balancer",
  question: "Does a pod reach itself through its load balancer?",
  quick: false,
  needs: ["zonal addresses", "client address", "members by node"],
  async measure(testbed) {
    const found = variants.map(async (variant) => {
      const shares = await onBothSides(testbed.targets(variant), testbed.signal, (target) =>
        callAll(testbed, target),
      );
      return [variant, shares] as const;
    });
    return Object.fromEntries(await Promise.all(found)) as Measured;
  },
  conclude,
};

async function callAll(testbed: Testbed, target: Target): Promise<Shares> {
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
