/** Where requests went that asked for a load balancer by its name. */
import { isServing } from "../testbed/pods.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Outcome } from "../outcome.ts";
import { tally } from "../statistics/counts.ts";
import type { Counts } from "../statistics/counts.ts";
import type { Sample } from "../../traffic/load.ts";
import { figuresOf } from "../traffic/figures.ts";
import { answeredShare } from "../traffic/loaded.ts";

/** What there is to go to, in the order of the zones. */
export interface Places {
  /** Zones by the load balancer's address in them. */
  readonly zoneOfAddress: ReadonlyMap<string, string>;
  readonly nodes: readonly { readonly name: string; readonly address: string; readonly zone: string }[];
  /** Those that are ready, with their nodes. */
  readonly nodeOfPod: ReadonlyMap<string, string>;
}

export interface Spread {
  /** In percent. */
  readonly answered: Outcome<number>;
  /** By the zone whose address was asked. */
  readonly zones: Counts;
  /** By the node that was the target. */
  readonly targets: Counts;
  readonly pods: Counts;
  /** By how many zones after the address's own the target's is: its own comes first. */
  readonly zonesAway: Counts;
}

export async function placesOf(testbed: Testbed, target: Target): Promise<Places> {
  const [zones, nodes, pods] = await Promise.all([
    testbed.cloud.zones(target.address),
    testbed.cluster.nodes(),
    testbed.cluster.pods(target),
  ]);
  const ordered = nodes.sort((a, b) => a.zone.localeCompare(b.zone) || a.name.localeCompare(b.name));
  const place = (node: string): number => ordered.findIndex(({ name }) => name === node);
  const ready = pods.filter(isServing).sort((a, b) => place(a.node) - place(b.node));
  return {
    zoneOfAddress: new Map(zones.map(({ address, zone }) => [address, zone])),
    nodes: ordered,
    nodeOfPod: new Map(ready.map(({ name, node }) => [name, node])),
  };
}

/** Under the policy Cluster a pod takes the node that a request came through for the client: so the target is known. */
export function spreadOf(samples: readonly Sample[], { zoneOfAddress, nodes, nodeOfPod }: Places): Spread {
  const zones = [...zoneOfAddress.values()];
  const answers = samples.flatMap(({ address = "", outcome }) =>
    outcome.kind === "answered" ? [{ address, ...outcome }] : [],
  );
  const targets = answers.map(({ clientAddress }) => nodes.find(({ address }) => address === clientAddress));
  const away = answers.map(({ address }, index) =>
    zonesAway(zoneOfAddress.get(address), targets[index]?.zone, zones),
  );
  return {
    answered: answeredShare(figuresOf(samples, nodeOfPod)),
    zones: tally(
      answers.map(({ address }) => zoneOfAddress.get(address) ?? "none"),
      zones,
    ),
    targets: tally(
      targets.map((target) => target?.name ?? "none"),
      nodes.map(({ name }) => name),
    ),
    pods: tally(
      answers.map(({ pod }) => pod),
      [...nodeOfPod.keys()],
    ),
    zonesAway: tally(
      away,
      zones.map((_, index) => String(index)),
    ),
  };
}

function zonesAway(from: string | undefined, to: string | undefined, zones: readonly string[]): string {
  if (from === undefined || to === undefined) return "unknown";
  return String((zones.indexOf(to) - zones.indexOf(from) + zones.length) % zones.length);
}
