/** A cloud's part when a load balancer that a controller has made becomes a program's own, or the controller's again. */
import type { FirewallFacts } from "../model/firewall.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { CloudFacts } from "../model/exposure.ts";

/** A Service, and what its controller has made for it. */
export interface Found<C extends CloudFacts = CloudFacts> {
  readonly service: ServiceFacts;
  readonly loadBalancer: C["loadBalancer"];
  readonly firewall: FirewallFacts<C["opening"]>;
  /** Whether the controller has made load balancers for other Services of the cluster as well. */
  readonly hasOthers: boolean;
}

/** The annotations of a request that changes a Service's type; null removes one. */
export type Annotations = Readonly<Record<string, string | null>>;

export interface CloudAdoption<C extends CloudFacts = CloudFacts> {
  /** Why the load balancer cannot be taken over, with what to do instead; undefined if it can. */
  refusal(found: Found<C>): string | undefined;
  /** Why the controller would not find the load balancer again; undefined if it would. */
  returnRefusal(found: Found<C>): string | undefined;
  /** The arguments by which the program takes it over as it is, as plain data. */
  argumentsFor(found: Found<C>): Readonly<Record<string, unknown>>;
  /** What must stay as it is while it changes hands, by id. */
  identity(found: Found<C>): Readonly<Record<string, unknown>>;
  /** With the type NodePort in the same request, the controller lets go and deletes nothing. */
  readonly letGo: Annotations;
  /** With the type LoadBalancer in the same request, it finds the load balancer again. */
  readonly takeBack: Annotations;
}
