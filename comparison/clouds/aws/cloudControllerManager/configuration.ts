/**
 * The settings of the controller's configuration file that decide what it makes for a Service.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go (CloudConfig)
 */
import { noIngress, probeMode, probePath, probePort, securityGroupMode } from "./configurationFile/keys.ts";

export interface Configuration {
  /** The check of kube-proxy that all Services share; undefined if each port is checked at its own node port. */
  readonly sharedHealthProbe?: Probe;
  /** Whether it makes a security group for each new load balancer. */
  readonly managesSecurityGroups: boolean;
  /** Whether it opens the nodes' security groups. */
  readonly opensNodes: boolean;
}

export interface Probe {
  readonly port: number;
  readonly path: string;
}

export const defaultConfiguration: Configuration = { managesSecurityGroups: false, opensNodes: true };

/** aws_loadbalancer.go (defaultKubeProxyHealthCheckPort, defaultKubeProxyHealthCheckPath) */
export const defaultProbe: Probe = { port: 10256, path: "/healthz" };

/** The settings that are not the defaults, as in the file; undefined if there are none. */
export function settingsOf({
  sharedHealthProbe: probe,
  managesSecurityGroups,
  opensNodes,
}: Configuration): string | undefined {
  const settings = [
    ...(probe === undefined ? [] : [`${probeMode}=Shared`]),
    ...(probe === undefined || probe.port === defaultProbe.port ? [] : [`${probePort}=${probe.port}`]),
    ...(probe === undefined || probe.path === defaultProbe.path ? [] : [`${probePath}=${probe.path}`]),
    ...(managesSecurityGroups ? [`${securityGroupMode}=Managed`] : []),
    ...(opensNodes ? [] : [`${noIngress}=true`]),
  ];
  return settings.length === 0 ? undefined : settings.join(", ");
}
