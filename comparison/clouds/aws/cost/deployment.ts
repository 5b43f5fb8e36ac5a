/** The facts of a comparison that decide its cost. */
import type { BySide } from "../../../result/bySide.ts";
import type { AwsExposure, AwsFacts } from "../model.ts";
import { factsIn } from "../../../model/sourceResult.ts";

export interface Way {
  readonly title: string;
  /** Of its one load balancer. */
  readonly publicAddresses: number;
  /** Of its load balancer, if other Services share it: how many lead to this Service, and how many to others. */
  readonly shared?: { readonly own: number; readonly others: number };
}

export interface Deployment {
  readonly ways: readonly [Way, Way];
  /** Listeners that one Service needs. */
  readonly portsPerService: number;
  /** The assumption, as a sentence. */
  readonly assumption?: string;
}

/** Assumed number of zones if neither the load balancer nor the cluster is known: AWS recommends several, and most regions have three. */
const assumedZones = 3;

export function deploymentOf(facts: AwsFacts, titles: BySide<string>): Deployment {
  const known = [facts.left, facts.right].every((exposure) => zonesOf(exposure) > 0);
  return {
    ways: [wayOf(facts, facts.left, titles.left), wayOf(facts, facts.right, titles.right)],
    portsPerService: Math.max(
      1,
      ...[facts.left, facts.right].map(({ service }) => factsIn(service)?.ports.length ?? 1),
    ),
    ...(known
      ? {}
      : {
          assumption: `Assumed for a load balancer whose zones are not known: internet-facing, with an address in each of ${clusterZones(facts)} zones.`,
        }),
  };
}

function wayOf(facts: AwsFacts, exposure: AwsExposure, title: string): Way {
  const { listeners = [], otherListeners = [] } = factsIn(exposure.loadBalancer) ?? {};
  return {
    title,
    publicAddresses: publicAddresses(facts, exposure),
    ...(otherListeners.length === 0
      ? {}
      : { shared: { own: listeners.length, others: otherListeners.length } }),
  };
}

function zonesOf({ loadBalancer }: AwsExposure): number {
  return factsIn(loadBalancer)?.zones.length ?? 0;
}

/** An internet-facing load balancer has a public address in each zone; an internal one has none. */
function publicAddresses(facts: AwsFacts, exposure: AwsExposure): number {
  const balancer = factsIn(exposure.loadBalancer);
  if (balancer?.scheme === "internal") return 0;
  return zonesOf(exposure) > 0 ? zonesOf(exposure) : clusterZones(facts);
}

function clusterZones({ cluster }: AwsFacts): number {
  const { size } = new Set(factsIn(cluster)?.nodes.map(({ zone }) => zone));
  return size === 0 ? assumedZones : size;
}
