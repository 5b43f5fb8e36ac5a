/**
 * Who made an object, as far as the object itself says it. What a program declared is known only from its state, which is asked later.
 *
 * Source of the marks: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (TagNameKubernetesService, NLBClientRuleDescription and its siblings) and
 * tags.go (TagNameKubernetesClusterPrefix, ResourceLifecycleOwned).
 */
import { clusterTagPrefix } from "../clouds/aws/cloudControllerManager/marks.ts";
import type { Owner } from "../model/owner.ts";

const serviceTag = "kubernetes.io/service-name";
const ruleDescriptionPrefix = "kubernetes.io/rule/nlb/";

/** Of a load balancer, a listener or a target group: the cloud controller tags all three. */
export function ownerByTags(tags: Readonly<Record<string, string>>): Owner {
  const owned = Object.entries(tags).some(
    ([key, value]) => key.startsWith(clusterTagPrefix) && value === "owned",
  );
  return owned && serviceTag in tags ? "cloud controller" : "other";
}

/** Of a rule of a security group. */
export function ownerByDescription(description: string | undefined): Owner {
  return description?.startsWith(ruleDescriptionPrefix) === true ? "cloud controller" : "other";
}
