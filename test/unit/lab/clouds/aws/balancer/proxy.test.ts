import assert from "node:assert/strict";
import { proxyListeners, resources } from "../../../../../../lab/clouds/aws/balancer/proxy/configuration.ts";
import { allocate } from "../../../../../../lab/clouds/aws/balancer/addresses.ts";
import type { AwsFacts, TlsFacts } from "../../../../../../lab/clouds/aws/balancer/facts.ts";
import { healthy } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import { buildModel } from "../../../../../../lab/clouds/aws/balancer/model.ts";
import { account, listener, loadBalancer, publicCidr, targetGroup, tls } from "./facts.ts";

function configured(facts: AwsFacts): { readonly listeners: object[]; readonly clusters: object[] } {
  const model = buildModel(facts, allocate([], facts, publicCidr), () => healthy, true);
  const files = resources(proxyListeners(model), { scale: 10, registrationSeconds: 1 });
  const read = (text: string): object[] => (JSON.parse(text) as { resources: object[] }).resources;
  return { listeners: read(files.listeners), clusters: read(files.clusters) };
}

const one = { zones: loadBalancer().zones.slice(0, 1) };
const withTls = (changes: Partial<TlsFacts> = {}, group = {}): AwsFacts =>
  account({
    loadBalancers: [
      loadBalancer({
        ...one,
        listeners: [listener({ protocol: "TLS", port: 443, attributes: {}, tls: { ...tls, ...changes } })],
      }),
    ],
    targetGroups: [targetGroup(group)],
  });
const listenerOf = (facts: AwsFacts): string => JSON.stringify(configured(facts).listeners[0]);
const clusterOf = (facts: AwsFacts): string => JSON.stringify(configured(facts).clusters[0]);

describe("the proxy's configuration", () => {
  it("is empty if no listener needs it", () => {
    assert.deepEqual(configured(account()), { listeners: [], clusters: [] });
  });

  it("listens at a listener's port in each zone, and connects to the same port", () => {
    const facts = {
      ...withTls(),
      loadBalancers: [{ ...withTls().loadBalancers[0]!, zones: loadBalancer().zones }],
    };
    const { listeners, clusters } = configured(facts);
    const address = (text: string) => ({ socket_address: { address: text, port_value: 443 } });
    assert.deepEqual(
      listeners.map((each) => (each as { address: object }).address),
      ["100.64.8.0", "100.64.24.0", "100.64.40.0"].map(address),
    );
    assert.match(
      JSON.stringify(clusters[2]),
      /"endpoint":\{"address":\{"socket_address":\{"address":"100.65.40.0","port_value":443/,
    );
  });

  it("has the versions and ciphers of the security policy, and the protocols of the ALPN policy", () => {
    const text = listenerOf(withTls({ alpnPolicy: "HTTP2Optional" }));
    assert.match(text, /"tls_minimum_protocol_version":"TLSv1_2","tls_maximum_protocol_version":"TLSv1_3"/);
    assert.match(text, /"cipher_suites":\["ECDHE-RSA-AES128-GCM-SHA256"\]/);
    assert.match(text, /"alpn_protocols":\["http\/1.1","http\/1.0","h2"\]/);
    assert.match(listenerOf(withTls({ alpnPolicy: "None" })), /"alpn_protocols":\[\]/);
  });

  it("has all certificates, the default one first", () => {
    const certificates = ["a", "b"].map((name) => ({ certificate: name, key: `key of ${name}` }));
    assert.match(
      listenerOf(withTls({ certificates })),
      /"tls_certificates":\[\{"certificate_chain":\{"inline_string":"a"\},.*\},\{"certificate_chain":\{"inline_string":"b"\}/,
    );
  });

  it("connects with the client's address unless it is not preserved", () => {
    assert.match(listenerOf(withTls()), /original_src/);
    const hidden = withTls({}, { attributes: { "preserve_client_ip.enabled": "false" } });
    assert.doesNotMatch(listenerOf(hidden), /original_src/);
  });

  it("sends TLS to TLS targets, and a header before it if the group asks for one", () => {
    assert.match(clusterOf(withTls()), /raw_buffer/);
    assert.match(clusterOf(withTls({}, { protocol: "TLS" })), /UpstreamTlsContext/);
    const attributes = { "proxy_protocol_v2.enabled": "true" };
    assert.match(
      clusterOf(withTls({}, { protocol: "TLS", attributes })),
      /"version":"V2".*UpstreamTlsContext/,
    );
  });

  it("closes connections that are idle as long as AWS lets them, by the lab's clocks", () => {
    assert.match(listenerOf(withTls()), /"idle_timeout":"35.000s"/);
  });
});
