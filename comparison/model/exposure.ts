/**
 * The facts of one exposure: its Service, its load balancer, the openings of firewalls, its name, and its path through the nodes. Both ways have the
 * same model, whoever made the objects and wherever the facts come from.
 */
import type { ClusterFacts } from "./cluster.ts";
import type { DataPathFacts } from "./dataPath.ts";
import type { FirewallFacts, OpeningFacts } from "./firewall.ts";
import type { LoadBalancerFacts } from "./loadBalancer.ts";
import type { EndpointFacts, ServiceFacts } from "./service.ts";
import type { SourceResult } from "./sourceResult.ts";

export interface NameFacts {
  readonly name: string;
  /** IPv4 addresses that the name has now. */
  readonly addresses: readonly string[];
}

/** The facts that clouds extend. A cloud's own code names its own types here; all other code takes what every cloud has. */
export interface CloudFacts {
  readonly cluster: ClusterFacts;
  readonly loadBalancer: LoadBalancerFacts;
  readonly opening: OpeningFacts;
}

/** One exposure, each part as its source answered. */
export interface Exposure<C extends CloudFacts = CloudFacts> {
  readonly service: SourceResult<ServiceFacts>;
  readonly endpoints: SourceResult<readonly EndpointFacts[]>;
  readonly loadBalancer: SourceResult<C["loadBalancer"]>;
  readonly firewall: SourceResult<FirewallFacts<C["opening"]>>;
  readonly name: SourceResult<NameFacts>;
  readonly dataPath: SourceResult<readonly DataPathFacts[]>;
}

export type Part = keyof Exposure;

/** Both exposures and what they share. */
export interface Facts<C extends CloudFacts = CloudFacts> {
  /** `planned`: what a program declares, and what a controller will make of it. `measured`: what is there. */
  readonly basis: "planned" | "measured";
  /** Which cloud it is, by its name in the list of clouds. */
  readonly cloud: string;
  readonly cluster: SourceResult<C["cluster"]>;
  /** Whether the owner `program` can be told: only a state says what a program declared. */
  readonly state: SourceResult<"read">;
  readonly left: Exposure<C>;
  readonly right: Exposure<C>;
}
