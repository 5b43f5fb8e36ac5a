import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";
import type { AwsClusterFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, keyValues } from "./annotations.ts";
import { namespacedName } from "../../../model/service.ts";

/**
 * Tags of the load balancer, its listeners and its target groups, as they are made: later changes of the annotation reach none of them. The controller's own win
 * over additional ones.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2)
 */
export function tagsOf(service: ServiceFacts, { name }: AwsClusterFacts): Readonly<Record<string, string>> {
  return {
    ...keyValues(annotation(service, "additionalTags") ?? ""),
    "kubernetes.io/service-name": namespacedName(service),
    // tags.go (buildTags): a controller that knows no cluster's id leaves the tag out.
    ...(name === "" ? {} : { [`${clusterTagPrefix}${name}`]: "owned" }),
  };
}
