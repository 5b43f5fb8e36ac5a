/** The controller's choice of subnets and scheme for a load balancer. */
import type { AwsClusterFacts, SubnetFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation } from "./annotations.ts";
import { clusterTagPrefix } from "../../../../components/aws/clusterTags.ts";

/** Value of ELBv2's scheme. */
type Scheme = "internal" | "internet-facing";

/** Any value but "false" makes it internal. aws.go (EnsureLoadBalancer) */
export function schemeOf(service: ServiceFacts): Scheme {
  const value = annotation(service, "internal") ?? "";
  return value === "" || value === "false" ? "internet-facing" : "internal";
}

/**
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (getLoadBalancerSubnets)
 *
 * @returns one per zone, in the controller's order; those that it finds, if it refuses the Service for the others
 */
export function subnetsFor(service: ServiceFacts, cluster: AwsClusterFacts): readonly SubnetFacts[] {
  const names = namedSubnets(service);
  return names === undefined
    ? suitable(schemeOf(service), cluster)
    : names.flatMap((name) => subnetsNamed(name, cluster));
}

/** The items of the annotation; undefined without it. aws.go (splitCommaSeparatedString) */
export function namedSubnets(service: ServiceFacts): readonly string[] | undefined {
  return annotation(service, "subnets")
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** By id or by the tag Name. aws.go (resolveSubnetNameOrIDs) */
function subnetsNamed(name: string, { subnets }: AwsClusterFacts): SubnetFacts[] {
  return subnets.filter(({ id, tags }) => (name.startsWith("subnet-") ? id : tags.Name) === name);
}

/** aws.go (findELBSubnets) */
function suitable(scheme: Scheme, cluster: AwsClusterFacts): SubnetFacts[] {
  const candidates = cluster.subnets
    .filter((subnet) => isUsable(subnet, cluster))
    .filter((subnet) => scheme === "internal" || subnet.public);
  const zones = [...new Set(candidates.map(({ zone }) => zone))].sort().filter(isAvailabilityZone);
  const roleTag = scheme === "internal" ? "kubernetes.io/role/internal-elb" : "kubernetes.io/role/elb";
  const rank = (subnet: SubnetFacts): string =>
    [roleTag in subnet.tags ? 0 : 1, hasClusterTag(subnet, cluster) ? 0 : 1, subnet.id].join(" ");
  return zones.flatMap((zone) =>
    candidates
      .filter((subnet) => subnet.zone === zone)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(0, 1),
  );
}

/**
 * Subnets of this cluster, and those of no cluster. If all belong to other clusters, the controller uses the subnet that it runs in, which the facts do not contain.
 * aws.go (findSubnets)
 */
function isUsable(subnet: SubnetFacts, cluster: AwsClusterFacts): boolean {
  const claimed = Object.keys(subnet.tags).some((key) => key.startsWith(clusterTagPrefix));
  return !claimed || hasClusterTag(subnet, cluster);
}

/** tags.go (hasClusterTag), with the tag of before Kubernetes 1.6 */
function hasClusterTag({ tags }: SubnetFacts, { name }: AwsClusterFacts): boolean {
  return name === "" || `${clusterTagPrefix}${name}` in tags || tags.KubernetesCluster === name;
}

/**
 * Neither a local zone nor a Wavelength zone: their names continue after the region's name, such as us-west-2-lax-1a.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
 */
function isAvailabilityZone(zone: string): boolean {
  return !/^[a-z]+(-[a-z]+)+-\d+-/.test(zone);
}
