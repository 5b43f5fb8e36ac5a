/** The tags by which AWS's objects belong to a cluster. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/tags.go and aws.go */

/** Of a cluster's objects; the cluster's name follows. */
export const clusterTagPrefix = "kubernetes.io/cluster/";

/** Of a load balancer, a listener or a target group of the cloud controller manager: namespace and name of its Service. */
export const serviceTag = "kubernetes.io/service-name";

/** Whether a cluster may use a subnet with these tags: it is not for other clusters alone. */
export function mayBeUsedBy(clusterName: string, tags: Readonly<Record<string, string>>): boolean {
  const clusters = Object.keys(tags).filter((key) => key.startsWith(clusterTagPrefix));
  return clusters.length === 0 || clusters.includes(`${clusterTagPrefix}${clusterName}`);
}
