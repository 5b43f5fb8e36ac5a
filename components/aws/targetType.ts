import { defaults } from "../core/defaults.ts";
import type { ExposureOptions, ExternalTrafficPolicy } from "../core/exposure.ts";
import type { Problem } from "../core/validation.ts";
import type { TargetGroupBindingOptions } from "./targetGroupBinding.ts";
import type { TrafficOptions } from "./trafficOptions.ts";

/** What the targets of a target group are. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-type */
export type TargetType = "instance" | "ip";

/** Of the targets. */
export interface TargetOptions {
  /**
   * `instance`: nodes, at node ports; kube-proxy leads to a pod from there. `ip`: the ready pods themselves, at their own ports. That saves a hop, and a pod that ends
   * is taken out, not a node. It needs pods with addresses of the VPC, as the AWS VPC CNI gives them, and the AWS Load Balancer Controller, which registers them.
   *
   * With `ip`, pods see the load balancer's address unless `preserveClientIp` is `true`; `externalTrafficPolicy`, `sessionAffinity` and `trafficDistribution` have no effect on clients
   * of the load balancer; and a health check's port is a port of the pods. A roll-out loses requests unless pods are Ready only once the load balancer
   * uses them: label their namespace `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`.
   * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
   *
   * A change replaces the target groups.
   * @default "instance"
   */
  readonly targetType?: TargetType;
  /**
   * Whether Kubernetes reserves node ports for a LoadBalancer Service. With pods as targets nobody needs them. Kubernetes keeps those that it has reserved already.
   * https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation
   * @default true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
}

export const defaultTargetType: TargetType = "instance";

/** The policy by which health checks have their defaults. It is kube-proxy's, and says nothing of a pod that is checked itself. */
export const policyOfChecks = ({
  targetType,
  externalTrafficPolicy = defaults.externalTrafficPolicy,
}: TargetOptions & Pick<ExposureOptions, "externalTrafficPolicy">): ExternalTrafficPolicy =>
  targetType === "ip" ? "Cluster" : externalTrafficPolicy;

/** Whether targets see the clients' addresses, except for UDP, where they always do. */
export const preservesClientIp = ({
  targetType,
  preserveClientIp = targetType !== "ip",
}: TargetOptions & Pick<TrafficOptions, "preserveClientIp">): boolean => preserveClientIp;

const registersPods =
  'use a LoadBalancerExposure with controller "aws-load-balancer-controller", or a NodePortExposure with targetGroupBinding';

/** What a LoadBalancer Service of the AWS cloud controller manager cannot have: it registers nodes at node ports. v1.35.0, pkg/providers/v1/aws.go (ensureTargetGroup) */
export function nodesOnlyProblems({ targetType, allocateLoadBalancerNodePorts }: TargetOptions): Problem[] {
  return [
    ...(targetType === "ip"
      ? [
          {
            propertyPath: "targetType",
            reason: `"ip" cannot be set: the AWS cloud controller manager registers nodes; allowed is "instance"; ${registersPods}`,
          },
        ]
      : []),
    ...neededNodePorts(
      allocateLoadBalancerNodePorts,
      "the AWS cloud controller manager registers nodes at their node ports",
    ),
  ];
}

/** The AWS Load Balancer Controller needs node ports for nodes. v3.2.2, pkg/service/model_build_target_group.go (buildTargetType) */
export function unallocatedProblems({
  targetType = defaultTargetType,
  allocateLoadBalancerNodePorts,
}: TargetOptions): Problem[] {
  return targetType === "instance"
    ? neededNodePorts(allocateLoadBalancerNodePorts, "nodes are targets at their node ports")
    : [];
}

function neededNodePorts(allocate: boolean | undefined, why: string): Problem[] {
  if (allocate !== false) return [];
  return [
    {
      propertyPath: "allocateLoadBalancerNodePorts",
      reason: `false cannot be set: ${why}; allowed is true; omit it, or set targetType to "ip" and controller to "aws-load-balancer-controller"`,
    },
  ];
}

/** A NodePort Service always has node ports. */
export function nodePortServiceProblems({ allocateLoadBalancerNodePorts }: TargetOptions): Problem[] {
  if (allocateLoadBalancerNodePorts !== false) return [];
  return [
    {
      propertyPath: "allocateLoadBalancerNodePorts",
      reason:
        'false cannot be set: a Service of type NodePort always has node ports; allowed is true; omit it, use a LoadBalancerExposure, or put a NetworkLoadBalancer with targetType "ip" in front of a Service of type ClusterIP',
    },
  ];
}

/**
 * What a load balancer of the program's cannot have with pods as targets.
 *
 * @param binding undefined if the program attaches nodes
 */
export function podTargetProblems(
  { targetType }: TargetOptions,
  binding: TargetGroupBindingOptions | undefined,
): Problem[] {
  if (targetType !== "ip") return [];
  return [
    ...(binding === undefined
      ? [
          {
            propertyPath: "targetType",
            reason:
              '"ip" cannot be set alone: nobody registers the pods, which come and go; allowed is "instance"; set targetGroupBinding, with which the AWS Load Balancer Controller does',
          },
        ]
      : []),
    // webhooks/elbv2/targetgroupbinding_validator.go (checkNodeSelector)
    ...(binding?.nodeSelector === undefined
      ? []
      : [
          {
            propertyPath: "targetGroupBinding.nodeSelector",
            reason: `${JSON.stringify(binding.nodeSelector)} cannot be set with targetType "ip": pods are targets wherever they run; omit it`,
          },
        ]),
  ];
}

/** The rules on the nodes name the pods' ports, so they must be numbers. */
export function podPortProblems(
  { targetType }: TargetOptions,
  ports: readonly { readonly name: string; readonly targetPort?: number | string }[],
): Problem[] {
  if (targetType !== "ip") return [];
  return ports.flatMap(({ targetPort }, index) =>
    typeof targetPort !== "string"
      ? []
      : [
          {
            propertyPath: `ports[${index}].targetPort`,
            reason: `"${targetPort}" cannot be set with targetType "ip": the program opens the pods' port to the load balancer, and does not know a name's number; set the number`,
          },
        ],
  );
}

/** A number, as {@link podPortProblems} makes sure. Kubernetes takes the Service's port if there is none. */
export const podPortOf = ({
  port,
  targetPort,
}: {
  readonly port: number;
  readonly targetPort?: number | string;
}): number => (typeof targetPort === "number" ? targetPort : port);
