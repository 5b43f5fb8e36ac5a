/** Two load balancers aspect by aspect: what is the same, what differs by nature, and what differs without a reason. */
import type { ListenerDescription, LoadBalancerDescription, TargetGroupDescription } from "./description.ts";

/**
 * `same`: equal. `own`: a name or number that each load balancer has of its own; it differs by nature. `different`: everything else that differs.
 */
export type Likeness = "same" | "own" | "different";

export interface Row {
  /** What the aspect is one of: the load balancer itself, or one of its listeners. */
  readonly section: string;
  readonly aspect: string;
  readonly left: string;
  readonly right: string;
  readonly likeness: Likeness;
}

interface Aspect {
  readonly section: string;
  readonly aspect: string;
  readonly value: string;
  readonly own: boolean;
}

/** An aspect that one side does not have. */
export const absent = "-";

export function sideBySide(left: LoadBalancerDescription, right: LoadBalancerDescription): Row[] {
  const [ours, theirs] = [keyed(aspectsOf(left)), keyed(aspectsOf(right))];
  return [...new Map([...ours, ...theirs])].map(([key, { section, aspect }]) => {
    const [a, b] = [ours.get(key), theirs.get(key)];
    const row = { section, aspect, left: a?.value ?? absent, right: b?.value ?? absent };
    const own = a?.own === true && b?.own === true;
    return { ...row, likeness: row.left === row.right ? "same" : own ? "own" : "different" };
  });
}

function keyed(aspects: readonly Aspect[]): Map<string, Aspect> {
  return new Map(aspects.map((aspect) => [`${aspect.section}: ${aspect.aspect}`, aspect]));
}

function aspectsOf(description: LoadBalancerDescription): Aspect[] {
  const { listeners } = description;
  const of = aspectOf("load balancer");
  return [
    of("name", description.name, true),
    of("DNS name", description.dnsName, true),
    of("type", description.type),
    of("state", description.state),
    of("scheme", description.scheme),
    of("IP address type", description.ipAddressType),
    of("zones", description.zones.join(", ")),
    of("security groups", description.securityGroups.join(", ") || "none"),
    ...sorted(description.attributes).map(([key, value]) => of(key, value)),
    of("listeners", listeners.map(listenerTitle).join(", ")),
    ...listeners.flatMap((listener) =>
      listener.targetGroups.flatMap((group) =>
        targetGroupAspects(`listener ${listenerTitle(listener)}`, group),
      ),
    ),
  ];
}

function targetGroupAspects(section: string, group: TargetGroupDescription): Aspect[] {
  const { healthCheck, targets } = group;
  const of = aspectOf(section);
  return [
    of("target group", group.name, true),
    of("target type", group.targetType),
    of("target protocol", group.protocol),
    of("node port", String(group.port), true),
    of(
      "health check",
      `${healthCheck.protocol}${healthCheck.path === undefined ? "" : ` ${healthCheck.path}`}`,
    ),
    of("checked port", checkedPort(group)),
    of("check interval / time-out", `${healthCheck.intervalSeconds} s / ${healthCheck.timeoutSeconds} s`),
    of(
      "healthy / unhealthy after",
      `${healthCheck.healthyThreshold} / ${healthCheck.unhealthyThreshold} checks`,
    ),
    ...sorted(group.attributes).map(([key, value]) => of(key, value)),
    ...targets.map(({ id, state, reason }) =>
      of(`target ${id}`, reason === undefined ? state : `${state} (${reason})`),
    ),
    // The group's port may be overridden for a target: that would be a difference worth a row.
    ...targets
      .filter(({ port }) => port !== group.port)
      .map(({ id, port }) => of(`port of target ${id}`, String(port))),
  ];
}

function aspectOf(section: string): (aspect: string, value: string, own?: boolean) => Aspect {
  return (aspect, value, own = false) => ({ section, aspect, value, own });
}

/** The port of Kubernetes' own health check, for the policy Local, is a node port too: a number of its own. */
function checkedPort({ healthCheck, port }: TargetGroupDescription): string {
  const isNodePort = healthCheck.port === "traffic-port" || healthCheck.port === String(port);
  return isNodePort ? "the node port" : "another port";
}

function listenerTitle({ protocol, port }: ListenerDescription): string {
  return `${protocol} ${port}`;
}

function sorted(attributes: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(attributes).sort(([a], [b]) => a.localeCompare(b));
}
