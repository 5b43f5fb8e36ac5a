/** A DNS record that is one of several of its name. */
export interface WeightedRecord {
  readonly domainName: string;
  /** Tells it from the others. */
  readonly setIdentifier: string;
  /** The name gets its target in this share of the answers, divided by the sum of all weights. */
  readonly weight: number;
  readonly ttlSeconds: number;
}
