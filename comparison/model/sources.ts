/** Where facts come from, and what is known if a source does not answer. */
import type {
  ClusterFacts,
  DataPathFacts,
  EndpointFacts,
  FirewallFacts,
  LoadBalancerFacts,
  NameFacts,
  ServiceFacts,
} from "./exposure.ts";

export type SourceName =
  "plan" | "state" | "Kubernetes API" | "ELBv2 API" | "EC2 API" | "nodes' rules" | "DNS";

/**
 * What a source says. `unavailable`: there is no such source here, which is no fault and leaves its facts out on both sides. `unreachable`: there is one, but
 * it did not say what it should, so that nothing can be concluded.
 */
export type Said<T> =
  | { readonly kind: "known"; readonly facts: T }
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "unreachable"; readonly reason: string };

/** One exposure, each part as its source says it. */
export interface Exposure {
  readonly service: Said<ServiceFacts>;
  readonly endpoints: Said<readonly EndpointFacts[]>;
  readonly loadBalancer: Said<LoadBalancerFacts>;
  readonly firewall: Said<FirewallFacts>;
  readonly name: Said<NameFacts>;
  readonly dataPath: Said<readonly DataPathFacts[]>;
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
  readonly cluster: Said<ClusterFacts>;
  /** Whether the owner `program` can be told: without a state nobody knows what a program declared. */
  readonly state: Said<"read">;
  readonly left: Exposure;
  readonly right: Exposure;
}

export function known<T>(facts: T): Said<T> {
  return { kind: "known", facts };
}

/** The facts, if they are known. */
export function factsIn<T>(said: Said<T>): T | undefined {
  return said.kind === "known" ? said.facts : undefined;
}
