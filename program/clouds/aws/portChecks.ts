import type { HealthCheck, NetworkLoadBalancerPort } from "../../../components/aws/index.ts";
import type { ServicePort } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";

/** Health checks by the port's name, of the ports that have one. */
export type PortChecks = Readonly<Record<string, HealthCheck>>;

export function withChecks(ports: readonly ServicePort[], checks: PortChecks): NetworkLoadBalancerPort[] {
  return ports.map((port) => ({ ...port, ...withoutUndefined({ healthCheck: checks[port.name] }) }));
}
