/**
 * A target's health as a Network Load Balancer sees it: a state machine without clocks or network.
 *
 * A new target is `initial`: first while it is being registered, then until it has passed one check or failed as many consecutive ones as the unhealthy
 * threshold says. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export type HealthState = "initial" | "healthy" | "unhealthy" | "unhealthy.draining";

export interface TargetHealth {
  readonly state: HealthState;
  /** Empty when healthy, as in DescribeTargetHealth. */
  readonly reason:
    "" | "Elb.RegistrationInProgress" | "Elb.InitialHealthChecking" | "Target.FailedHealthChecks";
  readonly description: string;
  /** Consecutive checks whose result contradicts the state. */
  readonly contrary: number;
}

/** The conditions for changes of state. */
export interface Thresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** How long a failing target keeps its connections, as `unhealthy.draining`. */
  readonly unhealthyDrainingSeconds: number;
}

export const registering: TargetHealth = {
  state: "initial",
  reason: "Elb.RegistrationInProgress",
  description: "Target registration is in progress",
  contrary: 0,
};

export const checking: TargetHealth = {
  state: "initial",
  reason: "Elb.InitialHealthChecking",
  description: "Initial health checks in progress",
  contrary: 0,
};

export const healthy: TargetHealth = { state: "healthy", reason: "", description: "", contrary: 0 };

/** Network Load Balancers report this one reason for every failed check. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
export const unhealthy: TargetHealth = {
  state: "unhealthy",
  reason: "Target.FailedHealthChecks",
  description: "Health checks failed",
  contrary: 0,
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#unhealthy-draining-interval */
export const unhealthyDraining: TargetHealth = { ...unhealthy, state: "unhealthy.draining" };

/** The health after one more check. */
export function afterCheck(health: TargetHealth, passed: boolean, thresholds: Thresholds): TargetHealth {
  if (health.state === "initial" && passed) return healthy;
  if (passed === (health.state === "healthy")) {
    if (health.state !== "initial") return health.contrary === 0 ? health : { ...health, contrary: 0 };
  }
  const contrary = health.contrary + 1;
  if (contrary < (passed ? thresholds.healthyThreshold : thresholds.unhealthyThreshold))
    return { ...health, contrary };
  if (passed) return healthy;
  // A target that has never been healthy has no connections to keep.
  return health.state === "healthy" && thresholds.unhealthyDrainingSeconds > 0
    ? unhealthyDraining
    : unhealthy;
}

/** The health to start with when this process starts, or sees a target for the first time: the state in the API. */
export function fromApi(state: string): TargetHealth {
  if (state === "healthy") return healthy;
  if (state === "unhealthy") return unhealthy;
  if (state === "unhealthy.draining") return unhealthyDraining;
  return registering;
}

/**
 * Whether a matcher such as `200-399` or `200,204` contains an HTTP code.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
 */
export function matches(matcher: string, code: number): boolean {
  return matcher.split(",").some((part) => {
    const [from = Number.NaN, to = from] = part.split("-").map(Number);
    return code >= from && code <= to;
  });
}
