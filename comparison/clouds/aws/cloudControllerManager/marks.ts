/** Marks by which the AWS cloud controller knows its own. */

/** Of a cluster's resources: the cluster's id follows. cloud-provider-aws v1.35.0, pkg/providers/v1/tags.go (TagNameKubernetesClusterPrefix) */
export const clusterTagPrefix = "kubernetes.io/cluster/";

/** https://github.com/kubernetes/cloud-provider/blob/v0.35.4/service/helpers/helper.go (LoadBalancerCleanupFinalizer) */
export const cleanupFinalizer = "service.kubernetes.io/load-balancer-cleanup";
