/** Two load balancers aspect by aspect: what is the same, what differs by nature, and what differs without a reason. */
import type { ListenerDescription, LoadBalancerDescription, TargetGroupDescription } from "./description.ts";

/**
 * `same`: equal. `own`: a name or number that each load balancer has of its own; it differs by nature. `different`: everything else that differs.
 */
export type Likeness = "same" | "own" | "different";

export interface Row {
  readonly aspect: string;
  readonly left: string;
  readonly right: string;
  readonly likeness: Likeness;
}

type Aspects = ReadonlyMap<string, { readonly value: string; readonly own: boolean }>;

/** An aspect that one side does not have. */
export const absent = "-";

export function sideBySide(left: LoadBalancerDescription, right: LoadBalancerDescription): Row[] {
  const [ours, theirs] = [aspectsOf(left), aspectsOf(right)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  return names.map((aspect) => {
    const [a, b] = [ours.get(aspect), theirs.get(aspect)];
    const [leftValue, rightValue] = [a?.value ?? absent, b?.value ?? absent];
    const own = (a?.own ?? false) && (b?.own ?? false);
    return {
      aspect,
      left: leftValue,
      right: rightValue,
      likeness: leftValue === rightValue ? "same" : own ? "own" : "different",
    };
  });
}

function aspectsOf(description: LoadBalancerDescription): Aspects {
  const aspects = new Map<string, { value: string; own: boolean }>();
  const put = (aspect: string, value: string, own = false): unknown => aspects.set(aspect, { value, own });

  put("name", description.name, true);
  put("DNS name", description.dnsName, true);
  put("type", description.type);
  put("state", description.state);
  put("scheme", description.scheme);
  put("IP address type", description.ipAddressType);
  put("zones", description.zones.join(", "));
  put("security groups", description.securityGroups.join(", ") || "none");
  for (const [key, value] of sorted(description.attributes)) put(key, value);
  for (const listener of description.listeners) {
    const title = listenerTitle(listener);
    put(title, `forwards to ${plural(listener.targetGroups.length, "target group")}`);
    listener.targetGroups.forEach((group) => putTargetGroup(`${title}: `, group, put));
  }
  return aspects;
}

function putTargetGroup(
  title: string,
  group: TargetGroupDescription,
  put: (aspect: string, value: string, own?: boolean) => unknown,
): void {
  const { healthCheck, targets } = group;
  put(`${title}target group`, group.name, true);
  put(`${title}target type`, group.targetType);
  put(`${title}target protocol`, group.protocol);
  put(`${title}node port`, String(group.port), true);
  put(
    `${title}health check`,
    `${healthCheck.protocol}${healthCheck.path === undefined ? "" : ` ${healthCheck.path}`} on ${healthCheckPort(group)}`,
  );
  put(
    `${title}health check interval, time-out`,
    `${healthCheck.intervalSeconds} s, ${healthCheck.timeoutSeconds} s`,
  );
  put(
    `${title}healthy, unhealthy after`,
    `${healthCheck.healthyThreshold}, ${healthCheck.unhealthyThreshold} checks`,
  );
  for (const [key, value] of sorted(group.attributes)) put(`${title}${key}`, value);
  for (const { id, port, state, reason } of targets) {
    put(`${title}target ${id}`, reason === undefined ? state : `${state} (${reason})`);
    // The group's port may be overridden for a target: that would be a difference worth a row.
    if (port !== group.port) put(`${title}port of target ${id}`, String(port));
  }
}

/** The port of Kubernetes' own health check, for policy Local, is a node port too: a number of its own. */
function healthCheckPort({ healthCheck, port }: TargetGroupDescription): string {
  if (healthCheck.port === String(port)) return "the node port";
  return healthCheck.port === "traffic-port" ? "the node port" : "a health check node port";
}

function listenerTitle({ protocol, port }: ListenerDescription): string {
  return `listener ${protocol} ${port}`;
}

function sorted(attributes: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(attributes).sort(([a], [b]) => a.localeCompare(b));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
