/** A warning about a Service in the Kubernetes API. They explain facts, and are not compared. */
export interface WarningFacts {
  /** In one word, such as `SyncLoadBalancerFailed`. */
  readonly reason: string;
  readonly message: string;
  /** How often it was given. */
  readonly times: number;
  /** When it was given last, in ISO 8601; empty if the event does not say. */
  readonly last: string;
}
