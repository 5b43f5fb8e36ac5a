/** Openings of a firewall: rules that let traffic in. */
import type { Identity, Owner } from "./owner.ts";

/** What it opens, and for whom, each cloud says in fields of its own. */
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
