import assert from "node:assert/strict";
import type { ServiceFacts, ServicePortFacts } from "../../../../../../comparison/model/service.ts";
import { dns, http, https } from "../cloudControllerManager/cluster.ts";
import { made, onlyGroup, onlyListener, service } from "./service.ts";

const certificate = "arn:aws:acm:us-west-2:000000000000:certificate/11111111-2222-3333-4444-555555555555";

const protocols = (of: ServiceFacts): string[] =>
  made(of).loadBalancer.listeners.map(({ protocol, port }) => `${protocol} ${port}`);

describe("a listener of the AWS Load Balancer Controller", () => {
  it("has the port's protocol", () => {
    assert.deepEqual(protocols(service({ ports: [http, dns] })), ["TCP 80", "UDP 53"]);
  });

  it("terminates TLS on all TCP ports with a certificate", () => {
    const of = service({ ports: [http, https, dns] }, { "ssl-cert": certificate });
    assert.deepEqual(protocols(of), ["TLS 80", "TLS 443", "UDP 53"]);
  });

  it("terminates TLS on the ports that are named, by number or name, with blanks", () => {
    const of = (ports: string) =>
      service({ ports: [http, https] }, { "ssl-cert": certificate, "ssl-ports": ports });
    assert.deepEqual(protocols(of("443")), ["TCP 80", "TLS 443"]);
    assert.deepEqual(protocols(of("http, https")), ["TLS 80", "TLS 443"]);
  });

  it("has all certificates, the first as default, AWS's old policy and no ALPN policy by default", () => {
    const { certificates, sslPolicy, alpnPolicy } = onlyListener(
      service({}, { "ssl-cert": `${certificate}, ${certificate}3, ${certificate}2` }),
    );
    assert.deepEqual(
      [certificates, sslPolicy, alpnPolicy],
      [[certificate, `${certificate}2`, `${certificate}3`], "ELBSecurityPolicy-2016-08", []],
    );
  });

  it("has the policies that annotations name, with TLS only", () => {
    const policies = {
      "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "alpn-policy": "HTTP2Preferred",
    };
    const tls = onlyListener(service({}, { ...policies, "ssl-cert": certificate }));
    assert.deepEqual(
      [tls.sslPolicy, tls.alpnPolicy],
      ["ELBSecurityPolicy-TLS13-1-2-2021-06", ["HTTP2Preferred"]],
    );
    const tcp = onlyListener(service({}, policies));
    assert.deepEqual([tcp.sslPolicy, tcp.alpnPolicy], [undefined, []]);
  });

  it("has the attributes of its own annotation, which TLS does not get", () => {
    const attributes = { "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=60" };
    assert.equal(onlyListener(service({}, attributes)).attributes["tcp.idle_timeout.seconds"], "60");
    const tls = { ...attributes, "listener-attributes.TLS-80": "tcp.idle_timeout.seconds=60" };
    assert.deepEqual(onlyListener(service({}, { ...tls, "ssl-cert": certificate })).attributes, {});
  });

  it("sends TLS on to the targets only if the backend's protocol is ssl", () => {
    const tls = { "ssl-cert": certificate };
    assert.equal(onlyGroup(service({}, tls)).protocol, "TCP");
    assert.equal(onlyGroup(service({}, { ...tls, "backend-protocol": "ssl" })).protocol, "TLS");
  });
});

describe("a TCP and a UDP port with one number", () => {
  const tcp: ServicePortFacts = { ...http, name: "tcp", port: 53, nodePort: 30053 };
  const ports = [tcp, dns];

  it("get one listener, for the first, by default", () => {
    assert.deepEqual(protocols(service({ ports })), ["TCP 53"]);
    assert.deepEqual(protocols(service({ ports: [dns, tcp] })), ["UDP 53"]);
  });

  it("get one listener for both, if the annotation asks for it", () => {
    const of = service({ ports }, { "enable-tcp-udp-listener": "true" });
    assert.deepEqual(protocols(of), ["TCP_UDP 53"]);
    assert.equal(onlyGroup(of).protocol, "TCP_UDP");
    assert.equal(onlyGroup(of).port, 30053);
  });

  it("get no TLS then", () => {
    const of = service({ ports }, { "enable-tcp-udp-listener": "true", "ssl-cert": certificate });
    assert.deepEqual(protocols(of), ["TCP_UDP 53"]);
  });
});
