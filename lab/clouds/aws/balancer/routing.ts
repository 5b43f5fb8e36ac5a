/** Who gets new flows, and which zones are in DNS: what a Network Load Balancer decides by the health of its targets. */
import type { Attributes } from "./facts.ts";
import type { TargetHealth } from "./health.ts";

/** As much of a target as routing depends on. */
export interface Routable {
  readonly zone: string;
  readonly draining: boolean;
  readonly health: TargetHealth;
}

export interface Route<Target> {
  /** Who gets new flows. */
  readonly targets: readonly Target[];
  /** What becomes of new flows if nobody does. */
  readonly otherwise: "refuse" | "drop";
  /** Whether this group lets the zone's address stay in DNS. */
  readonly inDns: boolean;
}

/**
 * The way of new flows to one target group, in one zone or across zones (undefined): to the healthy targets or, with fewer of them than the
 * group's minimum, to all, whatever their health; the zone's address leaves DNS below a minimum of its own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health
 *
 * Nobody, because no target is registered: TCP is reset. Nobody in this zone: packets are lost, as reported for zones without targets.
 */
export function route<Target extends Routable>(
  targets: readonly Target[],
  zone: string | undefined,
  attributes: Attributes,
): Route<Target> {
  const registered = targets.filter(
    ({ draining, health }) => !draining && health.reason !== "Elb.RegistrationInProgress",
  );
  const near = registered.filter((target) => zone === undefined || target.zone === zone);
  const healthy = near.filter(({ health }) => health.state === "healthy");
  const isBelow = (minimum: string): boolean =>
    below(healthy.length, near.length, {
      count: attributes[`target_group_health.${minimum}.minimum_healthy_targets.count`] ?? "1",
      percentage: attributes[`target_group_health.${minimum}.minimum_healthy_targets.percentage`] ?? "off",
    });
  return {
    targets: isBelow("unhealthy_state_routing") ? near : healthy,
    otherwise: registered.length === 0 ? "refuse" : "drop",
    inDns: !isBelow("dns_failover"),
  };
}

/** Whether the healthy ones are fewer than a minimum; either of its two forms may be `off`. */
function below(healthy: number, all: number, minimum: { count: string; percentage: string }): boolean {
  const { count, percentage } = minimum;
  return (
    (count !== "off" && healthy < Number(count)) ||
    (percentage !== "off" && healthy * 100 < all * Number(percentage))
  );
}
