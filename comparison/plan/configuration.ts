/** What a plan is made of: a stack's configuration, and the nodes that it assumes. */

/** A stack as its files describe it. */
export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** Every value as Pulumi hands it to a program: by its full key, text as it is and the rest as JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/** A node of the cluster that a plan assumes, in a public subnet of its own. */
export interface AssumedNode {
  readonly name: string;
  readonly zone: string;
  readonly address: string;
  readonly subnetCidr: string;
}
