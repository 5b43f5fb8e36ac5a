/** Values that the controller gives a load balancer once, and does not bring to what the Service asks for later. */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, flag, keyValues } from "./annotations.ts";

interface Rule {
  readonly path: RegExp;
  /**
   * @param what the attribute's name
   * @param unlike the paths of all values that are not as predicted
   * @default always
   */
  readonly holds?: (
    service: ServiceFacts,
    path: string,
    what: string,
    unlike: ReadonlySet<string>,
  ) => boolean;
}

/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go */
const rules: readonly Rule[] = [
  // Only the branch that makes a load balancer reads them (ensureLoadBalancerv2). Its own tags are its marks.
  { path: /^loadBalancer \/ (?:scheme$|zones \/|(?:.+ \/ )?tags \/ (?!kubernetes\.io\/))/ },
  {
    // Sent only together with the healthy one (ensureTargetGroup).
    path: /^loadBalancer \/ targetGroups \/ .+ \/ healthCheck \/ unhealthyThresholdCount$/,
    holds: (_service, path, _what, unlike) =>
      !unlike.has(path.replace(/unhealthyThresholdCount$/, "healthyThresholdCount")),
  },
  {
    // Only those that the annotation names are sent, and validation allows these two (buildTargetGroupAttributes, validateServiceAnnotationTargetGroupAttributes).
    path: /^loadBalancer \/ targetGroups \/ .+ \/ attributes \/ (preserve_client_ip\.enabled|proxy_protocol_v2\.enabled)$/,
    holds: (service, _path, attribute) =>
      !(attribute in keyValues(annotation(service, "targetGroupAttributes") ?? "")),
  },
  {
    // Without a policy, the request leaves it out, and AWS keeps the one that there is (ensureLoadBalancerv2).
    path: /^loadBalancer \/ listeners \/ .+ \/ sslPolicy$/,
    holds: (service) => (annotation(service, "sslPolicy") ?? "") === "",
  },
  {
    // Sent only while access logs are on (reconcileLBAttributes).
    path: /^loadBalancer \/ attributes \/ access_logs\.s3\.(?:bucket|prefix)$/,
    holds: (service) => !flag(service, "accessLog"),
  },
];

export function isSetOnce(path: string, service: ServiceFacts, unlike: ReadonlySet<string>): boolean {
  return rules.some(({ path: pattern, holds }) => {
    const found = pattern.exec(path);
    return found !== null && (holds?.(service, path, found[1] ?? "", unlike) ?? true);
  });
}
