/** How a controller is configured, by what it made. */
import type { Cloud, Controller, Variant } from "../clouds/cloud.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { Exposure } from "../model/exposure.ts";
import type { FirewallFacts } from "../model/firewall.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import { known } from "../model/sourceResult.ts";
import { comparedOf } from "./compared.ts";
import type { Compared } from "./compared.ts";
import { checkPrediction, serviceName } from "./prediction.ts";

/** A Service and what a controller made for it. */
export interface Living {
  readonly service: ServiceFacts;
  readonly loadBalancer: LoadBalancerFacts;
  readonly firewall: FirewallFacts;
}

export interface Recognised {
  /** The configuration that fits best. */
  readonly variant: Variant;
  /** Whether everything is as it predicts. */
  readonly fitsWholly: boolean;
  /** The Services that show it, as `namespace/name`. */
  readonly services: readonly string[];
}

interface Place {
  readonly cloud: Cloud;
  readonly cluster: ClusterFacts;
  readonly controller: Controller;
}

/**
 * The configuration with which the fewest of all values are other than predicted. Undefined if several fit equally well, or if the controller made none of the
 * load balancers.
 */
export function recognisedIn(living: readonly Living[], place: Place): Recognised | undefined {
  const { controller } = place;
  if (controller.byDefault === undefined) return undefined;
  const own = living.filter(({ loadBalancer }) => loadBalancer.owner === controller.owner);
  if (own.length === 0) return undefined;
  const found = own.flatMap(({ loadBalancer }) => controller.variants(loadBalancer));
  const variants = new Map([controller.byDefault, ...found].map((variant) => [variant.settings, variant]));
  const compared = own.map((one) => ({ one, compared: alone(one, place) }));
  const ranked = [...variants.values()]
    .map((variant) => ({
      variant,
      wrong: compared.reduce((sum, each) => sum + wrongValues(variant, each, place), 0),
    }))
    .sort((a, b) => a.wrong - b.wrong);
  const [best, next] = ranked;
  if (best === undefined || !Number.isFinite(best.wrong) || best.wrong === next?.wrong) return undefined;
  return {
    variant: best.variant,
    fitsWholly: best.wrong === 0,
    services: own.map(({ service }) => serviceName(service)),
  };
}

/** Infinite if the controller would not have made the load balancer. */
function wrongValues(
  variant: Variant,
  { one: { service, loadBalancer }, compared }: { readonly one: Living; readonly compared: Compared },
  { cluster, controller }: Place,
): number {
  const predicted = { controller, ...variant.predict(service, cluster, loadBalancer) };
  const { outcome, wrong } = checkPrediction(compared, "left", predicted);
  return outcome === "not checked" ? Infinity : wrong.length;
}

/** A comparison with itself: a prediction is checked of one side. */
function alone({ service, loadBalancer, firewall }: Living, { cloud, cluster }: Place): Compared {
  const notAsked = { kind: "unavailable", reason: "not asked" } as const;
  const exposure: Exposure = {
    service: known(service),
    endpoints: notAsked,
    loadBalancer: known(loadBalancer),
    firewall: known(firewall),
    name: notAsked,
    dataPath: notAsked,
  };
  const facts = {
    basis: "measured",
    cloud: cloud.name,
    cluster: known(cluster),
    state: notAsked,
    left: exposure,
    right: exposure,
  } as const;
  return comparedOf(facts, cloud);
}
