/**
 * The facts of one exposure: its Service, its load balancer, the firewall openings, its name, and its path through the nodes. Both ways have the same
 * model, for any owner of the objects and any source of the facts.
 */
import type { ClusterFacts } from "./cluster.ts";
import type { DataPathFacts } from "./dataPath.ts";
import type { FirewallFacts, OpeningFacts } from "./firewall.ts";
import type { LoadBalancerFacts } from "./loadBalancer.ts";
import type { EndpointFacts, ServiceFacts } from "./service.ts";
import type { BySide } from "../result/bySide.ts";
import type { SourceResult } from "./sourceResult.ts";
import type { WarningFacts } from "./warning.ts";

export interface NameFacts {
  readonly name: string;
  /** The name's current IPv4 addresses. */
  readonly addresses: readonly string[];
}

/** The facts that clouds extend. A cloud's code uses its own types; all other code uses the common ones. */
export interface CloudFacts {
  readonly cluster: ClusterFacts;
  readonly loadBalancer: LoadBalancerFacts;
  readonly opening: OpeningFacts;
}

/** One exposure. Each part is the result of its source. */
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
  /** `planned`: what a program declares, and what a controller will make from it. `measured`: the existing objects. */
  readonly basis: "planned" | "measured";
  /** The cloud's name in the list of clouds. */
  readonly cloud: string;
  readonly cluster: SourceResult<C["cluster"]>;
  /** Whether the owner `program` is known: only a state tells what a program declared. */
  readonly state: SourceResult<"read">;
  readonly left: Exposure<C>;
  readonly right: Exposure<C>;
  /** The Services' last warnings. Undefined in a plan. */
  readonly warnings?: BySide<SourceResult<readonly WarningFacts[]>>;
}
