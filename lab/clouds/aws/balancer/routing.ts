/** Which targets get new flows, and which zones are in DNS: a Network Load Balancer decides both by the health of its targets. */
import type { Attributes } from "./facts.ts";
import type { TargetHealth } from "./health.ts";

/** The part of a target that routing depends on. */
export interface Routable {
  readonly zone: string;
  readonly draining: boolean;
  readonly health: TargetHealth;
}

/**
 * Whether a zone's load balancer node has the target: an address outside the VPC may be registered in all zones.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
 */
export const isInZone = (target: Pick<Routable, "zone">, zone: string): boolean =>
  target.zone === "all" || target.zone === zone;

export interface Route<Target> {
  /** The targets of new flows. */
  readonly targets: readonly Target[];
  /** What happens to new flows if there are no targets. */
  readonly otherwise: "refuse" | "drop";
  /** Whether this group keeps the zone's address in DNS. */
  readonly inDns: boolean;
}

/**
 * Where new flows to one target group go, in one zone or across zones (undefined): to the healthy targets, or to all if fewer than the group's minimum are
 * healthy. A separate minimum removes the zone's address from DNS.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-health
 *
 * If no target is registered, TCP is reset. If only this zone has none, packets are lost, as users report.
 */
export function route<Target extends Routable>(
  targets: readonly Target[],
  zone: string | undefined,
  attributes: Attributes,
): Route<Target> {
  const registered = targets.filter(
    ({ draining, health }) => !draining && health.reason !== "Elb.RegistrationInProgress",
  );
  const near = registered.filter((target) => zone === undefined || isInZone(target, zone));
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

/** Whether fewer targets than a minimum are healthy. Each of its two forms may be `off`. */
function below(healthy: number, all: number, minimum: { count: string; percentage: string }): boolean {
  const { count, percentage } = minimum;
  return (
    (count !== "off" && healthy < Number(count)) ||
    (percentage !== "off" && healthy * 100 < all * Number(percentage))
  );
}
