/** How long a cloud's load balancers take. In seconds of the cloud's own clock: divide them by the testbed's time scale. */

export interface Clocks {
  /** How both ways check members' health by default, by the external traffic policy. */
  readonly checks: { readonly Cluster: Checks; readonly Local: Checks };
  /** From a member's registration to its first check. */
  readonly registrationSeconds: { readonly least: number; readonly most: number };
}

export interface Checks {
  readonly intervalSeconds: number;
  /** The longer one, if the two ways differ. */
  readonly timeoutSeconds: number;
  readonly unhealthyThresholdCount: number;
  /** Whether the interval begins when the check before has ended. @default it begins when that one begins */
  readonly pausesBetween?: boolean;
}
