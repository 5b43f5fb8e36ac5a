/** Whose connections end when the model changes. */
import type { TargetGroupFacts } from "./facts.ts";
import { enabled } from "./attributes.ts";
import type { Model } from "./model.ts";

/** Load balancers of targets that no listener leads to any more, by the targets' marks: connections go on there, and end with the load balancer. */
export type Lingering = ReadonlyMap<number, string>;

/** @param lingering before */
export function lingeringAfter(before: Model, after: Model, lingering: Lingering): Lingering {
  const now = new Set(after.targets.map(({ mark }) => mark));
  const balancers = new Set(after.loadBalancers.map(({ arn }) => arn));
  const known = [
    ...lingering,
    ...before.targets.map((target) => [target.mark, target.loadBalancerArn] as const),
  ];
  return new Map(known.filter(([mark, arn]) => !now.has(mark) && balancers.has(arn)));
}

/**
 * Targets whose connections end now: not to get flows any more because of their health, gone at the end of their draining, or with their load balancer.
 *
 * Both can be switched off; while draining, connections go on in any case. They go on while the load balancer fails open, too.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function terminated(before: Model, after: Model, lingering: Lingering = new Map()): number[] {
  const served = marksServed(before);
  const serves = marksServed(after);
  const now = new Map(after.targets.map((target) => [target.mark, target]));
  const balancers = new Set(after.loadBalancers.map(({ arn }) => arn));
  const left = [...lingering].filter(([, arn]) => !balancers.has(arn));
  const ended = before.targets
    .filter(({ mark, group, loadBalancerArn, health }) => {
      // Its target group may be another load balancer's by now.
      if (!balancers.has(loadBalancerArn)) return true;
      const target = now.get(mark);
      if (target === undefined)
        return enabled(group.attributes, "deregistration_delay.connection_termination.enabled", false);
      return (
        target.health.state === "unhealthy" &&
        !target.draining &&
        !serves.has(mark) &&
        (served.has(mark) || health.state === "unhealthy.draining") &&
        endsWhenUnhealthy(target.group)
      );
    })
    .map(({ mark }) => mark);
  return [...ended, ...left.map(([mark]) => mark)];
}

/**
 * At once, at the end of `unhealthy.draining`, or never. UDP has no connection to end: its flows move to another target in any case, of which AWS
 * says nothing.
 */
const endsWhenUnhealthy = ({ protocol, attributes }: TargetGroupFacts): boolean =>
  protocol.includes("UDP") ||
  enabled(attributes, "target_health_state.unhealthy.connection_termination.enabled", true) ||
  Number(attributes["target_health_state.unhealthy.draining_interval_seconds"] ?? 0) > 0;

function marksServed(model: Model): Set<number> {
  return new Set(
    model.loadBalancers.flatMap(({ listeners }) =>
      listeners.flatMap(({ targets }) => targets.map(({ mark }) => mark)),
    ),
  );
}
