import assert from "node:assert/strict";
import { dns, http, https, made, onlyGroup, service } from "./cluster.ts";

const arn = "arn:aws:acm:us-west-2:123456789012:certificate/1";
const certificate = { "ssl-cert": arn };

const protocolsOf = (...args: Parameters<typeof service>): [string, string][] => {
  const { listeners, pools } = made(service(...args)).loadBalancer;
  return listeners.map(({ protocol }, index) => [protocol, pools[index]?.protocol ?? ""]);
};

describe("listeners and target groups that the cloud controller manager makes", () => {
  it("are one each for every port, with the port's protocol and the node port", () => {
    const { listeners, pools } = made(service({ ports: [http, https] })).loadBalancer;
    assert.deepEqual(
      listeners.map(({ protocol, port }) => [protocol, port]),
      [
        ["TCP", 80],
        ["TCP", 443],
      ],
    );
    assert.deepEqual(
      pools.map(({ protocol, port }) => [protocol, port]),
      [
        ["TCP", 32565],
        ["TCP", 30443],
      ],
    );
  });

  it("are for a TCP port as AWS describes them", () => {
    const [listener] = made(service()).loadBalancer.listeners;
    assert.deepEqual(
      { ...listener, identity: undefined },
      {
        identity: undefined,
        owner: "cloud controller",
        protocol: "TCP",
        port: 80,
        alpnPolicy: [],
        certificates: [],
        attributes: { "tcp.idle_timeout.seconds": "350" },
        forwardsTo: ["target group of TCP 80"],
      },
    );
  });

  it("are for a UDP port without an idle time-out, and end connections with the delay of deregistration", () => {
    const udp = service({ ports: [dns] });
    const [listener] = made(udp).loadBalancer.listeners;
    assert.equal(listener?.protocol, "UDP");
    assert.deepEqual(listener.attributes, {});
    const { protocol, attributes } = onlyGroup(udp);
    assert.equal(protocol, "UDP");
    assert.equal(attributes["deregistration_delay.connection_termination.enabled"], "true");
  });

  it("terminate TLS with a certificate, and go on in TCP", () => {
    assert.deepEqual(protocolsOf({}, certificate), [["TLS", "TCP"]]);
    const [listener] = made(service({}, certificate)).loadBalancer.listeners;
    assert.deepEqual(listener?.certificates, [arn]);
    assert.equal(listener.sslPolicy, "ELBSecurityPolicy-2016-08");
    assert.deepEqual(listener.attributes, {});
  });

  it("take the annotated TLS policy", () => {
    const policy = { ...certificate, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06" };
    const [listener] = made(service({}, policy)).loadBalancer.listeners;
    assert.equal(listener?.sslPolicy, "ELBSecurityPolicy-TLS13-1-2-2021-06");
  });

  it("go on in TLS with the backend protocol ssl, and with no other", () => {
    assert.deepEqual(protocolsOf({}, { ...certificate, "backend-protocol": "ssl" }), [["TLS", "TLS"]]);
    assert.deepEqual(protocolsOf({}, { ...certificate, "backend-protocol": "https" }), [["TLS", "TCP"]]);
  });

  it("have no TLS behind them without a certificate", () => {
    assert.deepEqual(protocolsOf({}, { "backend-protocol": "ssl" }), [["TCP", "TCP"]]);
  });

  for (const [ports, protocols] of [
    ["443", ["TCP", "TLS"]],
    ["http", ["TLS", "TCP"]],
    ["http,443", ["TLS", "TLS"]],
    ["http, 443", ["TLS", "TCP"]],
    ["*", ["TLS", "TLS"]],
    ["", ["TLS", "TLS"]],
  ] as const) {
    it(`terminate TLS on the ports "${ports}" only`, () => {
      const found = protocolsOf({ ports: [http, https] }, { ...certificate, "ssl-ports": ports });
      assert.deepEqual(
        found.map(([listener]) => listener),
        protocols,
      );
    });
  }

  it("are UDP in spite of a certificate", () => {
    assert.deepEqual(protocolsOf({ ports: [dns] }, certificate), [["UDP", "UDP"]]);
  });

  it("are none for a Service without node ports", () => {
    const { nodePort: _, ...withoutNodePort } = http;
    const { loadBalancer, rules } = made(
      service({ allocateLoadBalancerNodePorts: false, ports: [withoutNodePort] }),
    );
    assert.deepEqual([loadBalancer.listeners, loadBalancer.pools, rules], [[], [], []]);
  });
});
