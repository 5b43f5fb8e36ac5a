/** Objects of a cloud or a cluster that an exposure left behind: no Service needs them any more, or they wait for somebody to let them go. */

export interface OrphanFacts extends OrphanPart {
  /** Namespace and name of the Service that its marks name; undefined if they name none. */
  readonly service?: string;
  /** Why nothing needs it, or what it waits for, as a sentence without its full stop. */
  readonly reason: string;
  /** Cost without traffic, in US dollars a month; 0 for what the cloud does not charge for. */
  readonly monthlyDollars: number;
  /** What it takes where the cloud has no prices, such as `1 floating IP`. @default it has prices, or takes nothing */
  readonly units?: string;
  /** Objects that only this one needs. */
  readonly parts: readonly OrphanPart[];
}

export interface OrphanPart {
  /** In the cloud's words, such as `load balancer`. */
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  /** Removes it alone. Undefined if it is no more than its parts. */
  readonly command?: string;
}

export interface RemovableOrphan extends OrphanFacts {
  /** Remove it and its parts, in this order. */
  readonly commands: readonly string[];
}

/** What a cloud has of a cluster that nothing needs. */
export interface OrphansFound {
  /** The cluster's name in the objects' marks; empty if none of them tells it. */
  readonly cluster: string;
  /** Where was looked, such as a region. */
  readonly place: string;
  readonly orphans: readonly RemovableOrphan[];
  /** Where and from when the prices are. */
  readonly prices: string;
  /** What all of them take where the cloud has no prices. @default it has prices, or they take nothing */
  readonly units?: string;
  /** What was not looked at or is not certain, one sentence each. */
  readonly limits: readonly string[];
}
