/** Security policies, ALPN policies and certificates as Envoy's TLS contexts. */
import type { TlsFacts } from "../facts.ts";
import { typed } from "./typed.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#alpn-policies */
const alpnProtocols: Readonly<Record<string, readonly string[]>> = {
  None: [],
  HTTP1Only: ["http/1.1", "http/1.0"],
  HTTP2Only: ["h2"],
  HTTP2Optional: ["http/1.1", "http/1.0", "h2"],
  HTTP2Preferred: ["h2", "http/1.1", "http/1.0"],
};

/** Oldest first. */
const versions = [
  ["TLSv1", "TLSv1_0"],
  ["TLSv1.1", "TLSv1_1"],
  ["TLSv1.2", "TLSv1_2"],
  ["TLSv1.3", "TLSv1_3"],
] as const;

/**
 * Ciphers of TLS 1.2 and older that Envoy's library has; those of TLS 1.3 cannot be chosen. Policies also have others, CBC with SHA-256 and SHA-384.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
 */
const ciphers = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES256-SHA",
  "AES128-GCM-SHA256",
  "AES128-SHA",
  "AES256-GCM-SHA384",
  "AES256-SHA",
];

/** Envoy chooses the certificate by the name that the client asks for, and takes the first one if none fits. */
export function tlsToClients({ certificates, protocols, ciphers: wanted, alpnPolicy }: TlsFacts): object {
  const allowed = versions.filter(([name]) => protocols.includes(name)).map(([, version]) => version);
  const suites = ciphers.filter((cipher) => wanted.includes(cipher));
  return typed("envoy.transport_sockets.tls", "transport_sockets.tls.v3.DownstreamTlsContext", {
    common_tls_context: {
      tls_params: {
        tls_minimum_protocol_version: allowed[0],
        tls_maximum_protocol_version: allowed.at(-1),
        ...(suites.length === 0 ? {} : { cipher_suites: suites }),
      },
      tls_certificates: certificates.map(({ certificate, key }) => ({
        certificate_chain: { inline_string: certificate },
        private_key: { inline_string: key },
      })),
      alpn_protocols: alpnProtocols[alpnPolicy] ?? [],
    },
  });
}

/** A load balancer does not check the targets' certificates. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration */
export const tlsToTargets = (): object =>
  typed("envoy.transport_sockets.tls", "transport_sockets.tls.v3.UpstreamTlsContext", {});
