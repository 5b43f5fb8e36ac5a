/** What only AWS has of a port, beside what every cloud has of it. */
import type { HealthCheck, NetworkLoadBalancerPort, TargetType, Tls } from "../../../components/aws/index.ts";
import { echoPorts } from "../../../components/core/echoPorts.ts";
import type { ServicePort } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";

export interface PortSetting {
  readonly healthCheck?: HealthCheck;
  readonly tls?: Tls;
}

/** By the port's name, of the ports that have one. */
export type PortSettings = Readonly<Record<string, PortSetting>>;

/** The ports of a load balancer. The rules for pods as targets need the pods' ports as numbers. */
export function portsOf(
  ports: readonly ServicePort[],
  { ports: settings, targetType }: { readonly ports: PortSettings; readonly targetType?: TargetType },
): NetworkLoadBalancerPort[] {
  return ports.map((port) => ({
    ...port,
    ...settings[port.name],
    ...(targetType === "ip" ? withoutUndefined({ targetPort: numberOf(port.targetPort) }) : {}),
  }));
}

function numberOf(targetPort: ServicePort["targetPort"]): ServicePort["targetPort"] {
  return Object.entries(echoPorts).find(([name]) => name === targetPort)?.[1] ?? targetPort;
}
