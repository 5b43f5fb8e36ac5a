/**
 * Marks by which the AWS Load Balancer Controller recognises its objects, and Services that it has served.
 * pkg/deploy/tracking/provider.go (StackTags, ResourceTags), pkg/networking/networking_manager.go (tgbNetworkingIPPermissionLabelKey),
 * pkg/shared_constants/finalizers.go (ServiceFinalizer)
 */
import type { Owner } from "../../../model/owner.ts";
import type { Marks } from "../owners.ts";

export const title = "the AWS Load Balancer Controller";
export const owner: Owner = "other: AWS Load Balancer Controller";

export const clusterTag = "elbv2.k8s.aws/cluster";
export const stackTag = "service.k8s.aws/stack";
export const resourceTag = "service.k8s.aws/resource";

/** Of the security group that all its load balancers of the cluster have. pkg/networking/backend_sg_provider.go (buildBackendSGTagsMap) */
export const sharedResourceTag = "elbv2.k8s.aws/resource";
export const sharedGroupResource = "backend-sg";

/** All target groups of the cluster share the rules on the nodes. */
export const sharedRuleDescription = "elbv2.k8s.aws/targetGroupBinding=shared";

export const resourcesFinalizer = "service.k8s.aws/resources";

/** pkg/config/service_config.go (defaultLoadBalancerClass) */
export const loadBalancerClass = "service.k8s.aws/nlb";

export const marks: Marks = {
  owner,
  hasTags: (tags) => [clusterTag, stackTag, resourceTag].some((tag) => tag in tags),
  hasDescription: (description) => description.startsWith("elbv2.k8s.aws/"),
};
