/**
 * The settings of the controller's configuration file that decide what it makes for a Service.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go (CloudConfig)
 */
export interface Configuration {
  /** The check of kube-proxy that all Services share; undefined if each port is checked at its own node port. */
  readonly sharedHealthProbe?: { readonly port: number; readonly path: string };
  /** Whether it makes a security group for each new load balancer. */
  readonly managesSecurityGroups: boolean;
  /** Whether it opens the nodes' security groups. */
  readonly opensNodes: boolean;
}

export const defaultConfiguration: Configuration = { managesSecurityGroups: false, opensNodes: true };
