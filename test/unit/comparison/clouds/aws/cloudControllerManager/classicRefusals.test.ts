import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { classicRefusals } from "../../../../../../comparison/clouds/aws/cloudControllerManager/refusals/classic.ts";
import type { AwsClusterFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, dns, http, prefix, service } from "./cluster.ts";

const classic = (
  changes: Partial<ServiceFacts> = {},
  annotations: Readonly<Record<string, string>> = {},
): ServiceFacts => service(changes, { type: undefined, ...annotations });
const annotated = (name: string, value: string): ServiceFacts => classic({}, { [name]: value });
const certificate = { "ssl-cert": "arn:aws:acm:eu-central-1:111122223333:certificate/a" };

type Example = readonly [what: string, of: ServiceFacts, says: RegExp, inCluster?: AwsClusterFacts];

/** By the refusal's id; each refusal needs at least one. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  "created-as-network": [
    [
      "with a Network Load Balancer's name",
      classic({ ingress: ["a1-b2.elb.us-west-2.amazonaws.com"] }),
      /type is missing, and .* names a1-b2\.elb\.us-west-2\.amazonaws\.com, which is no Classic Load Balancer/,
      { ...cluster, kubernetesVersion: "v1.36.3" },
    ],
  ],
  "classic-target-group-attributes": [
    ["empty ones", annotated("target-group-attributes", ""), /only for a Network Load Balancer/],
  ],
  "session-affinity": [
    ["an affinity", classic({ sessionAffinity: "ClientIP" }), /sessionAffinity is ClientIP/],
  ],
  "no-ports": [["no ports", classic({ ports: [] }), /has no ports/]],
  "mixed-protocols": [["TCP and UDP", classic({ ports: [http, dns] }), /protocols TCP and UDP/]],
  "source-ranges": [["a word", classic({ loadBalancerSourceRanges: ["office"] }), /has "office"/]],
  "ipv6-source-ranges": [["IPv6", classic({ loadBalancerSourceRanges: ["::/0"] }), /has "::\/0"/]],
  "classic-protocol": [
    ["UDP", classic({ ports: [dns] }), /the protocol UDP; a Classic Load Balancer takes TCP only/],
  ],
  "classic-backend-protocol": [
    [
      "another protocol, with a certificate",
      classic({}, { ...certificate, "backend-protocol": "udp" }),
      /allowed are https, http, ssl, tcp/,
    ],
  ],
  "load-balancer-ip": [
    [
      "an address",
      classic({ loadBalancerIP: "192.0.2.1" }),
      /loadBalancerIP is 192\.0\.2\.1; it must not be set: AWS gives a Classic Load Balancer its addresses/,
    ],
  ],
  "classic-proxy-protocol": [["without a star", annotated("proxy-protocol", "true"), /allowed is "\*"/]],
  "classic-access-log-emit-interval": [
    ["a unit", annotated("access-log-emit-interval", "5m"), /must be a whole number/],
  ],
  "classic-access-log-enabled": [["a word", annotated("access-log-enabled", "on"), /true and false/]],
  "classic-connection-draining-enabled": [
    ["a word", annotated("connection-draining-enabled", "yes"), /true and false/],
  ],
  "classic-connection-draining-timeout": [
    ["too many bits", annotated("connection-draining-timeout", "4294967296"), /must be a whole number/],
  ],
  "classic-connection-idle-timeout": [
    ["a unit", annotated("connection-idle-timeout", "60s"), /must be a whole number/],
  ],
  "classic-cross-zone-load-balancing-enabled": [
    ["a word", annotated("cross-zone-load-balancing-enabled", "no"), /true and false/],
  ],
  "named-subnets": [
    ["a subnet that is not there", annotated("subnets", "subnet-x"), /must match exactly one/],
  ],
  "suitable-subnets": [
    ["none", classic(), /none of the cluster's 0 subnets is suitable/, { ...cluster, subnets: [] }],
  ],
  "classic-check-port": [
    ["a port's name", annotated("healthcheck-port", "http"), /whole number or traffic-port/],
  ],
  "classic-healthyThreshold": [["1", annotated("healthcheck-healthy-threshold", "1"), /2 at least/]],
  "classic-unhealthyThreshold": [
    ["empty", annotated("healthcheck-unhealthy-threshold", ""), /is ""; .*2 at least/],
  ],
  "classic-healthCheckTimeout": [["1", annotated("healthcheck-timeout", "1"), /2 at least/]],
  "classic-healthCheckInterval": [["a unit", annotated("healthcheck-interval", "10s"), /5 at least/]],
};

describe("a Service that gets not even a Classic Load Balancer", () => {
  for (const { id } of classicRefusals) {
    const own = examples[id] ?? [];
    for (const [what, of, says, inCluster = cluster] of own) {
      it(`${id}: ${what}`, () => {
        const predicted = predict(of, inCluster);
        assert.ok(predicted.kind === "refused");
        assert.match(predicted.reason, says);
        assert.match(predicted.reason, /asks for a Classic Load Balancer, since .*type is not "nlb"$/);
      });
    }

    it(`${id}: has an example`, () => {
      assert.ok(own.length > 0);
    });
  }

  it("gives the reasons in the controller's order, and says once what it asks for", () => {
    const thrice = annotated("cross-zone-load-balancing-enabled", "no");
    const predicted = predict(
      { ...thrice, sessionAffinity: "ClientIP", loadBalancerIP: "192.0.2.1" },
      cluster,
    );
    assert.ok(predicted.kind === "refused");
    assert.match(predicted.reason, /^sessionAffinity is ClientIP; .*Classic/);
    assert.deepEqual(
      predicted.others.map((other) => other.split(" ")[0]),
      ["loadBalancerIP", `${prefix}cross-zone-load-balancing-enabled`],
    );
  });
});

describe("a Service that gets a Classic Load Balancer", () => {
  const fine: readonly (readonly [string, ServiceFacts])[] = [
    ["has another backend protocol without a certificate", annotated("backend-protocol", "udp")],
    [
      "has another backend protocol, and no port with TLS",
      classic({}, { ...certificate, "ssl-ports": "443", "backend-protocol": "udp" }),
    ],
    ["has empty attributes", annotated("connection-idle-timeout", "")],
    [
      "has an IPv6 range, and names the groups in which the controller then writes nothing",
      classic({ loadBalancerSourceRanges: ["2001:db8::/32"] }, { "security-groups": "sg-1" }),
    ],
    ["checks its traffic port", annotated("healthcheck-port", "traffic-port")],
  ];
  for (const [what, of] of fine) {
    it(what, () => {
      assert.equal(predict(of, cluster).kind, "not its own");
    });
  }
});
