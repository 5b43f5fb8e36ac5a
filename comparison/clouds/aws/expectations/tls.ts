import type { Served, TlsExpectations } from "../../../scenarios/tls/expectations.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { clientAddress } from "./clientAddress.ts";
import { guide, loadBalancers } from "./sources.ts";

const certificates = `${guide}/tls-listener-certificates.html`;
const policies = `${guide}/describe-ssl-policies.html`;
const alpn = `${guide}/load-balancer-listeners.html#alpn-policies`;

const modern = "ELBSecurityPolicy-TLS13-1-2-2021-06 has TLS 1.3 and 1.2, and nothing older.";
const older = "ELBSecurityPolicy-2016-08 has TLS 1.0, 1.1 and 1.2, and not 1.3.";
const own: Served = "the host's own certificate";

export const tls: TlsExpectations = {
  ownHost: {
    left: own,
    right: "the first certificate",
    sentence:
      "The program's listener has a list of certificates, and serves the one for the host that the client names (SNI). The AWS cloud controller manager sets one certificate, which all clients get.",
    source: `${certificates}, ${loadBalancers} (createListenerV2)`,
  },
  otherHosts: {
    value: "the first certificate",
    sentence:
      "The default certificate is for its own host, and for clients that name none or one that no certificate is for.",
    source: certificates,
  },
  protocol: {
    left: "http/1.1",
    right: "none",
    sentence:
      "With the policy HTTP1Only, the program's listener chooses HTTP/1.1. The AWS cloud controller manager sets no ALPN policy, and the default one is None.",
    source: `${alpn}, ${loadBalancers} (createListenerV2)`,
  },
  newest: {
    "1.2 and 1.3": { value: "TLSv1.3", sentence: modern, source: policies },
    "before 1.3": { value: "TLSv1.2", sentence: older, source: policies },
  },
  old: {
    "1.2 and 1.3": { value: "refused", sentence: modern, source: policies },
    "before 1.3": { value: "TLSv1.1", sentence: older, source: policies },
  },
  kept: {
    ...clientAddress.local,
    sentence: `${clientAddress.local.sentence} It does so for TLS, too.`,
    source: `${guide}/edit-target-group-attributes.html#client-ip-preservation`,
  },
  hidden: clientAddress.localMasqueraded,
};

/** The AWS Load Balancer Controller takes a list of certificates and an ALPN policy. */
export const tlsOfLoadBalancerController: TlsExpectations = {
  ...tls,
  ownHost: {
    left: own,
    right: own,
    sentence:
      "A listener serves the certificate for the host that the client names (SNI). The AWS Load Balancer Controller takes several certificates, and the first one is the default.",
    source: `${certificates}, ${upstream("pkg/service/model_build_listener.go", "buildListenerCertificates")}`,
  },
  protocol: {
    left: "http/1.1",
    right: "http/1.1",
    sentence: "With the policy HTTP1Only a listener chooses HTTP/1.1.",
    source: alpn,
  },
};
