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

/** What the program declares for a load balancer that it has taken over. */
export interface AdoptedComponent {
  /** Pulumi's. */
  readonly type: string;
  /** In the program. */
  readonly name: string;
}

/** What an entry of the stack's configuration says that the program has taken over. */
export interface Imported {
  /** The load balancer's. */
  readonly name: string;
  /** Of the load balancer and of everything that belongs to it. */
  readonly ids: readonly string[];
}

export interface CloudAdoption<C extends CloudFacts = CloudFacts> {
  /** Why no load balancer of this Service can be taken over, with what to do instead; undefined if one can. */
  serviceRefusal(service: ServiceFacts): string | undefined;
  /** Why this load balancer of such a Service cannot be; undefined if it can. */
  refusal(found: Found<C>): string | undefined;
  /** Why the controller would not find the load balancer again; undefined if it would. */
  returnRefusal(found: Found<C>): string | undefined;
  /** By which the controller finds the Service's load balancer. */
  loadBalancerName(service: ServiceFacts): string;
  component(loadBalancerName: string): AdoptedComponent;
  /** @param given the arguments that the stack's configuration has */
  imported(given: Readonly<Record<string, unknown>>): Imported;
  /** The arguments by which the program takes it over as it is, as plain data. */
  argumentsFor(found: Found<C>): Readonly<Record<string, unknown>>;
  /** What must stay as it is while it changes hands, by id. */
  identity(found: Found<C>): Readonly<Record<string, unknown>>;
  /** With the type NodePort in the same request, the controller lets go and deletes nothing. */
  readonly letGo: Annotations;
  /** With the type LoadBalancer in the same request, it finds the load balancer again. */
  readonly takeBack: Annotations;
}
