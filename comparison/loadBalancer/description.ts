/** A load balancer as the ELBv2 API describes it, reduced to what decides where traffic goes. */

export interface TargetDescription {
  readonly id: string;
  readonly port: number;
  readonly state: string;
  readonly reason: string | undefined;
}

export interface TargetGroupDescription {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetType: string;
  readonly healthCheck: {
    readonly protocol: string;
    readonly port: string;
    readonly path: string | undefined;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly attributes: Readonly<Record<string, string>>;
  readonly targets: readonly TargetDescription[];
}

export interface ListenerDescription {
  readonly protocol: string;
  readonly port: number;
  readonly targetGroups: readonly TargetGroupDescription[];
}

export interface LoadBalancerDescription {
  readonly name: string;
  readonly dnsName: string;
  readonly type: string;
  readonly state: string;
  readonly scheme: string;
  readonly ipAddressType: string;
  readonly zones: readonly string[];
  readonly securityGroups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly listeners: readonly ListenerDescription[];
}

/** Every target of every listener, once a target group. */
export function targetsOf(description: LoadBalancerDescription): TargetDescription[] {
  return description.listeners.flatMap(({ targetGroups }) => targetGroups.flatMap(({ targets }) => targets));
}
