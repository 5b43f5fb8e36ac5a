/** Which load balancer stands behind which door: decided by who made it, so that it holds for whatever program was deployed. */

export interface Candidate {
  readonly dnsName: string;
  readonly createdTime: Date;
  readonly tagKeys: readonly string[];
  /** TCP ports of its listeners. */
  readonly ports: readonly number[];
}

/** The tag that the cloud controller puts on what it makes for a Service. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go */
const serviceNameTag = "kubernetes.io/service-name";

/** Who deploys load balancers that are for no browser says so with this tag. */
export const behindNoDoorTag = "lab/behind-no-door";

/** The oldest load balancer that the cloud controller made (`loadBalancer`), or that it did not make (`nodePort`), among those that listen. */
export function chooseLoadBalancer(
  door: "nodePort" | "loadBalancer",
  candidates: readonly Candidate[],
): { readonly dnsName: string; readonly port: number } | undefined {
  const [oldest] = candidates
    .filter(
      ({ tagKeys, ports }) =>
        tagKeys.includes(serviceNameTag) === (door === "loadBalancer") &&
        !tagKeys.includes(behindNoDoorTag) &&
        ports.length > 0,
    )
    .sort((a, b) => a.createdTime.getTime() - b.createdTime.getTime());
  return oldest && { dnsName: oldest.dnsName, port: Math.min(...oldest.ports) };
}
