/** The input of a plan: a stack's configuration, and the assumed nodes. */

/** A stack, as described by its files. */
export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** Every value as Pulumi passes it to a program: by full key, text unchanged and other types as JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/** A node of the assumed cluster, in its own public subnet. */
export interface AssumedNode {
  readonly name: string;
  readonly zone: string;
  readonly address: string;
  readonly subnetCidr: string;
}
