import type { NetworkLoadBalancerOptions, NetworkLoadBalancerPort } from "../options.ts";

/**
 * What each way makes of one option.
 * Source for the AWS cloud controller manager: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go, aws_loadbalancer.go (ensureLoadBalancerv2,
 * reconcileLBAttributes) and aws_validations.go (validateServiceAnnotationTargetGroupAttributes). For the AWS Load Balancer Controller:
 * kubernetes-sigs/aws-load-balancer-controller v3.2.2, pkg/service/model_build_*.go.
 */
export interface OptionSupport {
  readonly nodePort: Support;
  /** A LoadBalancer Service that the AWS cloud controller manager serves. */
  readonly loadBalancer: Support;
  /** A LoadBalancer Service that the AWS Load Balancer Controller serves. */
  readonly loadBalancerController: Support;
}

/** The resource or field that has the option, or what continues "the controller ...". */
export type Support = { readonly by: string; readonly but?: string } | { readonly cannot: string };

/** A port's option has its path in a port. */
export type OptionName =
  keyof NetworkLoadBalancerOptions | `ports[].${Exclude<keyof NetworkLoadBalancerPort, "name">}`;

/** The options of one group. `loadBalancer` is an argument of a NodePortExposure alone, and no option of the others. */
export type Rows = Readonly<Partial<Record<OptionName | "loadBalancer", OptionSupport>>>;
