/** Firewall openings: rules that admit traffic. */
import type { Identity, Owner } from "./owner.ts";

/** Each cloud adds fields for the ports that it opens, and for whom. */
export interface OpeningFacts {
  readonly identity: Identity;
  readonly owner: Owner;
}

export interface FirewallFacts<O extends OpeningFacts = OpeningFacts> {
  /** Openings of the nodes for this exposure's ports, and those that all load balancers share. */
  readonly nodes: readonly O[];
  /** Openings of the load balancer itself. */
  readonly loadBalancer: readonly O[];
}
