/**
 * Nodes or pods that the AWS Load Balancer Controller registers in the program's target groups.
 * Source: kubernetes-sigs/aws-load-balancer-controller v3.2.2, apis/elbv2/v1beta1/targetgroupbinding_types.go
 */
import type { ComponentResource, Input } from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { isLabelKey, isLabelValue } from "../core/labels.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { Problem } from "../core/validation.ts";
import type { ListenerProtocol } from "./listeners.ts";
import type { TargetType } from "./targetType.ts";

/** Of a TargetGroupBinding, by which the AWS Load Balancer Controller registers targets. */
export interface TargetGroupBindingOptions {
  /**
   * Labels that a node must have to become a target. Not for pods as targets.
   * @default every node that is ready and not excluded from load balancers
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
}

/** The Service whose node ports are the targets' ports. */
export interface BoundService extends TargetGroupBindingOptions {
  /** A TargetGroupBinding must be in the Service's namespace. */
  readonly namespace: Input<string>;
  /** Its pods, or the nodes at its node ports, become targets. */
  readonly serviceName: Input<string>;
}

/** What is wrong with the labels of a node selector. */
export function nodeSelectorProblems({ nodeSelector = {} }: TargetGroupBindingOptions): Problem[] {
  return Object.entries(nodeSelector).flatMap(([key, value]) => {
    const propertyPath = `targetGroupBinding.nodeSelector["${key}"]`;
    const allowed = "letters, digits and inner -, _ and ., at most 63";
    return [
      ...(isLabelKey(key)
        ? []
        : [
            {
              propertyPath,
              reason: `"${key}" is not allowed as a label's key; allowed are ${allowed}, after a DNS name and a slash if it has a prefix; write it as kubectl get nodes --show-labels does`,
            },
          ]),
      ...(isLabelValue(value)
        ? []
        : [
            {
              propertyPath,
              reason: `"${value}" is not allowed as a label's value; allowed are ${allowed}; write it as kubectl get nodes --show-labels does`,
            },
          ]),
    ];
  });
}

/**
 * Looks up the kind that the controller serves. A preview ends here if the cluster does not have it, and the resource's name says what it lacks: without the
 * look-up, only the update would find out, after it has made a load balancer.
 */
export function requireController(name: string, parent: ComponentResource): CustomResource {
  return CustomResource.get(`${name}-needs-aws-load-balancer-controller`, {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    id: "targetgroupbindings.elbv2.k8s.aws",
    parent,
  });
}

interface BoundGroup {
  /** In the program. */
  readonly name: string;
  readonly targetGroup: TargetGroup;
  readonly service: BoundService;
  /** The name of the Service's port, the first one of TCP and UDP on one number. */
  readonly portName: string;
  readonly protocol: ListenerProtocol;
  readonly vpcId: string;
  readonly targetType: TargetType;
  /** What {@link requireController} has found. */
  readonly definition: CustomResource;
  readonly parent: ComponentResource;
}

/**
 * Declares that the controller registers the Service's nodes or pods, and takes out all other targets. It is there once the controller has registered those of the moment.
 *
 * All fields that the controller's webhook would fill in are given: it lets nobody change them. Without `networking`, the controller adds no rules to the nodes'
 * security group, which has those of the program.
 */
export function bindTargetGroup({
  name,
  targetGroup,
  service: { namespace, serviceName, nodeSelector },
  portName,
  protocol,
  vpcId,
  targetType,
  definition,
  parent,
}: BoundGroup): CustomResource {
  return new CustomResource(
    name,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: {
        namespace,
        // controllers/elbv2/targetgroupbinding_controller.go (updateTargetGroupBindingStatus): after the targets are registered.
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.observedGeneration}" },
      },
      spec: {
        targetGroupARN: targetGroup.arn,
        targetType,
        targetGroupProtocol: protocol,
        ipAddressType: "ipv4",
        vpcID: vpcId,
        serviceRef: { name: serviceName, port: portName },
        ...withoutUndefined({
          nodeSelector: nodeSelector === undefined ? undefined : { matchLabels: nodeSelector },
        }),
      },
    },
    {
      parent,
      dependsOn: [definition],
      // webhooks/elbv2/targetgroupbinding_validator.go (checkImmutableFields)
      replaceOnChanges: ["spec.targetGroupARN", "spec.targetType", "spec.vpcID"],
    },
  );
}
