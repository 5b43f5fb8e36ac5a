/**
 * The facts of one exposure: its Service, its load balancer, the rules that let traffic in, its name, and its path through the nodes. Both ways
 * have the same model, whoever made the objects and wherever the facts come from.
 */
import type { ClusterFacts } from "./cluster.ts";
import type { DataPathFacts } from "./dataPath.ts";
import type { FirewallFacts } from "./firewall.ts";
import type { LoadBalancerFacts } from "./loadBalancer.ts";
import type { EndpointFacts, ServiceFacts } from "./service.ts";
import type { SourceResult } from "./sourceResult.ts";

export interface NameFacts {
  readonly name: string;
  /** IPv4 addresses that the name has now. */
  readonly addresses: readonly string[];
}

export type SourceName =
  "plan" | "state" | "Kubernetes API" | "ELBv2 API" | "EC2 API" | "nodes' rules" | "DNS";

/** One exposure, each part as its source says it. */
export interface Exposure {
  readonly service: SourceResult<ServiceFacts>;
  readonly endpoints: SourceResult<readonly EndpointFacts[]>;
  readonly loadBalancer: SourceResult<LoadBalancerFacts>;
  readonly firewall: SourceResult<FirewallFacts>;
  readonly name: SourceResult<NameFacts>;
  readonly dataPath: SourceResult<readonly DataPathFacts[]>;
}

export type Part = keyof Exposure;

/** Which source each part of an exposure comes from. In a plan all come from the plan, or are unavailable. */
export const sourceOf: Readonly<Record<Part, SourceName>> = {
  service: "Kubernetes API",
  endpoints: "Kubernetes API",
  loadBalancer: "ELBv2 API",
  firewall: "EC2 API",
  name: "DNS",
  dataPath: "nodes' rules",
};

/** Both exposures and what they share. */
export interface Facts {
  /** `planned`: what a program declares and what the cloud controller will make of it. `measured`: what is there. */
  readonly basis: "planned" | "measured";
  readonly cluster: SourceResult<ClusterFacts>;
  /** Whether the owner `program` can be told: without a state nobody knows what a program declared. */
  readonly state: SourceResult<"read">;
  readonly left: Exposure;
  readonly right: Exposure;
}
