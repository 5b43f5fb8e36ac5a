/**
 * Marks by which the AWS cloud controller manager recognises its objects.
 *
 * Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (TagNameKubernetesService, NLBClientRuleDescription and its siblings) and
 * tags.go (TagNameKubernetesClusterPrefix, ResourceLifecycleOwned)
 */
import { clusterTagPrefix, serviceTag } from "../../../../components/aws/clusterTags.ts";
import type { Marks } from "../owners.ts";

export const ruleDescriptionPrefix = "kubernetes.io/rule/nlb/";

/** Of the security group that the controller makes with a Classic Load Balancer; the load balancer's name follows. aws.go (buildELBSecurityGroupList) */
export const classicGroupPrefix = "k8s-elb-";

export const marks: Marks = {
  owner: "cloud controller",
  // The controller tags all three kinds of objects.
  hasTags: (tags) =>
    serviceTag in tags &&
    Object.entries(tags).some(([key, value]) => key.startsWith(clusterTagPrefix) && value === "owned"),
  hasDescription: (description) => description.startsWith(ruleDescriptionPrefix),
};
