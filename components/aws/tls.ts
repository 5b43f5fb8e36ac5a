/** Listeners that end TLS, in the terms of https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html */

/**
 * Which application protocols a listener offers. `HTTP2Preferred` offers HTTP/2 before HTTP/1.1, `HTTP2Optional` after it; `None` offers nothing.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#alpn-policies
 */
export type AlpnPolicy = (typeof alpnPolicies)[number];

export const alpnPolicies = ["None", "HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred"] as const;

/** How a listener ends TLS. The clients' connections are TCP, so `protocol` of the port is TCP. */
export interface Tls {
  /**
   * ARN of the certificate for clients that name no host, or one that no other certificate is for. It is in AWS Certificate Manager (ACM), in the load balancer's
   * region, or a server certificate in IAM. Public certificates of ACM cost nothing.
   */
  readonly certificateArn: string;
  /**
   * ARNs of further certificates. AWS chooses the best one for the host that the client names (SNI). A load balancer has at most 25, unless AWS raised the quota.
   * A LoadBalancer Service of the AWS cloud controller manager has none.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html
   * @default none
   */
  readonly additionalCertificateArns?: readonly string[];
  /**
   * Name of the security policy: the versions of TLS and the ciphers that clients may use. `ELBSecurityPolicy-TLS13-1-2-2021-06` has TLS 1.3, and none below 1.2.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
   * @default "ELBSecurityPolicy-2016-08": TLS 1.0 to 1.2, what AWS takes if a request names none
   */
  readonly sslPolicy?: string;
  /**
   * Which application protocols the listener offers (ALPN). A LoadBalancer Service of the AWS cloud controller manager cannot set it.
   * @default none, as with "None"
   */
  readonly alpnPolicy?: AlpnPolicy;
  /**
   * The protocol to the node port. With `TLS` the load balancer encrypts again, and takes any certificate of the pods.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration
   * @default "TCP"
   */
  readonly targetProtocol?: "TCP" | "TLS";
}

/** What the API takes if a request names none. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
export const defaultSslPolicy = "ELBSecurityPolicy-2016-08";

/** The ARN of a certificate in ACM or IAM. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html */
export const certificateArn =
  /^arn:aws[a-z-]*:(?:acm:(?<region>[^:\s]+):\d{12}:certificate|iam::\d{12}:server-certificate)\/[^,\s]+$/;

/** The default certificate first. */
export const certificatesOf = ({ certificateArn: first, additionalCertificateArns = [] }: Tls) => [
  first,
  ...additionalCertificateArns,
];

/** The last part of a certificate's ARN, which names it within its account. */
export const certificateIdOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

interface UrlPort {
  readonly appProtocol?: string;
  readonly tls?: Tls;
}

/** The ports as clients use them: HTTP within TLS is HTTPS. */
export function asClientsUse<Port extends UrlPort>(ports: readonly Port[]): Port[] {
  return ports.map((port) => {
    const { appProtocol = "tls", tls } = port;
    return tls === undefined
      ? port
      : { ...port, appProtocol: appProtocol === "http" ? "https" : appProtocol };
  });
}
