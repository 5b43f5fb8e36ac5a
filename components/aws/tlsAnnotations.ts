import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { certificatesOf } from "./tls.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * Both controllers read the same annotations. Without a list of ports, every port of the Service would end TLS; `ssl` is the only protocol to the targets that has
 * an effect on a Network Load Balancer.
 * kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (EnsureLoadBalancer); kubernetes-sigs/aws-load-balancer-controller v3.2.2,
 * pkg/service/model_build_listener.go
 *
 * @param ports whose TLS is the same
 */
export function tlsAnnotations(ports: readonly CheckedPort[]): Record<string, string> {
  const withTls = ports.filter((port) => port.tls !== undefined);
  const [tls] = withTls.flatMap((port) => port.tls ?? []);
  if (tls === undefined) return {};
  return withoutUndefined({
    [`${prefix}-ssl-cert`]: certificatesOf(tls).join(","),
    [`${prefix}-ssl-ports`]: withTls.map(({ port }) => port).join(","),
    [`${prefix}-ssl-negotiation-policy`]: tls.sslPolicy,
    [`${prefix}-backend-protocol`]: tls.targetProtocol === "TLS" ? "ssl" : undefined,
    [`${prefix}-alpn-policy`]: tls.alpnPolicy,
  });
}
