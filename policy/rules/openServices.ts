/**
 * No LoadBalancer Service has a controller open node ports to the world.
 *
 * The AWS cloud controller manager opens the nodes to the Service's source ranges, or to everybody if it has none. The AWS Load Balancer Controller gives the load
 * balancer a security group, and opens the nodes to that alone.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
import { isTheWorld } from "../openings.ts";
import { recordOf, textsIn } from "../resource.ts";
import type { ResourceRule } from "../resource.ts";

/** https://github.com/kubernetes/cloud-provider/blob/v0.35.4/service/helpers/helper.go (GetLoadBalancerSourceRanges): the field first, the annotation if it is empty. */
const rangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
const typeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-type";

/** Types that the cloud's controller leaves to another. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (isLBExternal) */
const typesOfOthers: readonly unknown[] = ["external", "nlb-ip"];

export const openServices: ResourceRule = ({ type, props }) => {
  if (type !== "kubernetes:core/v1:Service") return [];
  const spec = recordOf(props.spec);
  const annotations = recordOf(recordOf(props.metadata).annotations);
  const isOfOther =
    spec.loadBalancerClass !== undefined || typesOfOthers.includes(annotations[typeAnnotation]);
  if (spec.type !== "LoadBalancer" || isOfOther) return [];
  const inField = textsIn(spec.loadBalancerSourceRanges);
  const annotated = annotations[rangesAnnotation];
  const inAnnotation = typeof annotated === "string" ? annotated.split(",").map((each) => each.trim()) : [];
  const ranges = (inField.length > 0 ? inField : inAnnotation).filter((range) => range !== "");
  if (ranges.length === 0)
    return [
      "it has no loadBalancerSourceRanges, so the cloud's controller opens its node ports to everybody. Name who may connect.",
    ];
  return ranges
    .filter(isTheWorld)
    .map(
      (range) =>
        `loadBalancerSourceRanges has ${range}, to which the cloud's controller opens its node ports. Name who may connect, or have a controller make it that gives the load balancer a security group.`,
    );
};
