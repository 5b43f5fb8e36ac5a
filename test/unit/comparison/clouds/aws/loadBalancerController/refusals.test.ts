import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { annotationNames } from "../../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import { controllerDocument } from "../../../../../../comparison/clouds/aws/loadBalancerController/document.ts";
import { predict, whyNone } from "../../../../../../comparison/clouds/aws/loadBalancerController/predict.ts";
import { refusals } from "../../../../../../comparison/clouds/aws/loadBalancerController/refusals/index.ts";
import type { AwsClusterFacts, NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { dns, http, subnet } from "../cloudControllerManager/cluster.ts";
import { cluster, made, service } from "./service.ts";

type Example = readonly [
  what: string,
  of: ServiceFacts,
  reason: RegExp,
  inCluster?: AwsClusterFacts,
  existing?: NlbFacts,
];

const annotated = (name: string, value: string): ServiceFacts => service({}, { [name]: value });
const tls = (name: string, value: string): ServiceFacts =>
  service({}, { "ssl-cert": "arn:aws:acm:us-west-2:123456789012:certificate/1", [name]: value });
const withSubnets = (...subnets: AwsClusterFacts["subnets"]): AwsClusterFacts => ({ ...cluster, subnets });
const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(",");
const internal = { "kubernetes.io/role/internal-elb": "1" };
const withControllerGroups: AwsClusterFacts = { ...cluster, controllerGroups: {} };
const inTwoGroups: AwsClusterFacts = { ...cluster, groupsByInstance: { "i-a": ["sg-1", "sg-2"] } };
const manyPorts = Array.from({ length: 51 }, (_, index) => ({
  ...http,
  name: `p${index}`,
  port: 1000 + index,
  nodePort: 30000 + index,
}));
const { nodePort: _none, ...withoutNodePort } = http;

const ipv6 = (annotations: Readonly<Record<string, string>>, changes = {}): ServiceFacts =>
  service(changes, { "ip-address-type": "dualstack", ...annotations });
const sourceNat = (prefixes: string): ServiceFacts =>
  ipv6({ "enable-prefix-for-ipv6-source-nat": "on", "source-nat-ipv6-prefixes": prefixes });
/** Each subnet with a range of its own: 2001:db8:0:0::/64, 2001:db8:0:1::/64. */
const withIpv6: AwsClusterFacts = {
  ...cluster,
  subnets: cluster.subnets.map((each, index) => ({ ...each, ipv6Cidrs: [`2001:db8:0:${index}::/64`] })),
};
const withoutIpv6: AwsClusterFacts = {
  ...cluster,
  subnets: cluster.subnets.map((each, index) => ({
    ...each,
    ipv6Cidrs: index === 0 ? ["2001:db8::/64"] : [],
  })),
};

/** By the refusal's id; each refusal needs at least one. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  scheme: [["is unknown", annotated("scheme", "public"), /unknown scheme: public/]],
  "truth-internal": [
    ["is an old range", annotated("internal", "0.0.0.0/0"), /failed to parse bool annotation.*0\.0\.0\.0/],
  ],
  "named-subnets": [
    ["names another VPC's", annotated("subnets", "subnet-x"), /there is no subnet-x/],
    [
      "names a name too often",
      annotated("subnets", "subnet-us-west-2a,x,x"),
      /subnet with Name tag "x" requested 2 times but only 1 subnet\(s\) found/,
      withSubnets(
        subnet("us-west-2a", "10.0.0.0/20"),
        subnet("us-west-2b", "10.0.16.0/20", { tags: { Name: "x" } }),
      ),
    ],
    [
      "names an id twice",
      annotated("subnets", "subnet-us-west-2a,subnet-us-west-2a,x,x"),
      /couldn't find all subnets, want: \[subnet-us-west-2a subnet-us-west-2a\], found: \[subnet-us-west-2a\]/,
      withSubnets(
        subnet("us-west-2a", "10.0.0.0/20"),
        subnet("us-west-2b", "10.0.16.0/20", { tags: { Name: "x" } }),
      ),
    ],
  ],
  "no-subnet": [["names none", annotated("subnets", " , "), /unable to resolve at least one subnet/]],
  "suitable-subnets": [
    [
      "finds only public ones without a tag",
      service(),
      /Evaluated 0 subnets/,
      withSubnets(subnet("us-west-2a", "10.0.0.0/20", { tags: {} })),
    ],
    [
      "finds only another cluster's",
      service(),
      /Evaluated 1 subnets: 1 are tagged for other clusters/,
      withSubnets(
        subnet("us-west-2a", "10.0.0.0/20", { tags: { ...internal, "kubernetes.io/cluster/x": "owned" } }),
      ),
    ],
  ],
  "subnets-in-one-zone": [
    [
      "names two",
      annotated("subnets", "subnet-1,subnet-2"),
      /multiple subnets in same Availability Zone us-west-2a: subnet-1, subnet-2/,
      withSubnets(
        subnet("us-west-2a", "10.0.0.0/20", { id: "subnet-1" }),
        subnet("us-west-2a", "10.0.16.0/20", { id: "subnet-2" }),
      ),
    ],
  ],
  "subnets-of-several-kinds": [
    [
      "has a local zone",
      service(),
      /subnets in multiple locales: availabilityZone, localZone/,
      withSubnets(
        subnet("us-west-2a", "10.0.0.0/20", { tags: internal }),
        subnet("us-west-2-lax-1a", "10.0.16.0/20", { tags: internal }),
      ),
    ],
  ],
  "scheme-eipAllocations": [
    ["is internal", annotated("eip-allocations", "eipalloc-1,eipalloc-2"), /only be set for internet facing/],
  ],
  "count-eipAllocations": [
    [
      "has one too few",
      service({}, { scheme: "internet-facing", "eip-allocations": "eipalloc-1" }),
      /count of EIP allocations \(1\) and subnets \(2\)/,
    ],
  ],
  "eip-allocations": [
    [
      "has an address instead of its id",
      service({}, { scheme: "internet-facing", "eip-allocations": "eipalloc-1,203.0.113.7" }),
      /has "203\.0\.113\.7"; each item must be the id/,
    ],
    [
      "has one twice",
      service({}, { scheme: "internet-facing", "eip-allocations": "eipalloc-1,eipalloc-1" }),
      /has "eipalloc-1"; .*each subnet needs another one/,
    ],
  ],
  "scheme-privateIpv4Addresses": [
    [
      "is internet-facing",
      service({}, { scheme: "internet-facing", "private-ipv4-addresses": "10.0.0.9,10.0.16.9" }),
      /only be set for internal/,
    ],
  ],
  "count-privateIpv4Addresses": [
    ["has one too few", annotated("private-ipv4-addresses", "10.0.0.9"), /\(1\) and subnets \(2\)/],
  ],
  "private-addresses": [
    ["has none", annotated("private-ipv4-addresses", "10.0.0.9,x"), /valid IP address: x/],
  ],
  "address-of-each-subnet": [
    [
      "has two of one subnet",
      annotated("private-ipv4-addresses", "10.0.0.9,10.0.0.10"),
      /configured for subnet: subnet-us-west-2a/,
    ],
  ],
  "ipv6-addresses": [["is not dualstack", annotated("ipv6-addresses", "::1"), /only be set for dualstack/]],
  "count-ipv6Addresses": [
    [
      "has one too few",
      ipv6({ "ipv6-addresses": "2001:db8::1" }),
      /count of IPv6 addresses \(1\) and subnets \(2\)/,
    ],
  ],
  "ipv6-addresses-that-are-none": [
    ["has a word", ipv6({ "ipv6-addresses": "2001:db8::1,x" }), /must be valid IP address: x/, withIpv6],
    [
      "has one of IPv4",
      ipv6({ "ipv6-addresses": "2001:db8::1,10.0.0.1" }),
      /valid IPv6 address: 10\.0\.0\.1/,
    ],
  ],
  "ipv6-address-of-each-subnet": [
    [
      "has two of one subnet",
      ipv6({ "ipv6-addresses": "2001:db8::1,2001:db8::2" }),
      /expect one IPv6 address configured for subnet: subnet-us-west-2a/,
      withIpv6,
    ],
  ],
  "prefix-for-source-nat": [
    ["is a truth", ipv6({ "enable-prefix-for-ipv6-source-nat": "true" }), /Invalid .* value: true\. Valid/],
  ],
  "prefix-without-ipv6": [
    ["is ipv4", annotated("enable-prefix-for-ipv6-source-nat", "on"), /only applicable to .* Dualstack/],
  ],
  "prefix-in-subnets": [
    [
      "is in a subnet of IPv4",
      ipv6({ "enable-prefix-for-ipv6-source-nat": "on" }),
      /Subnets without IPv6 CIDR: \[subnet-us-west-2b\]/,
      withoutIpv6,
    ],
  ],
  "source-nat-without-ipv6": [
    ["is ipv4", annotated("source-nat-ipv6-prefixes", "auto_assigned"), /can only be set for .* Dualstack/],
  ],
  "source-nat-that-is-off": [
    [
      "has no prefix",
      ipv6({ "source-nat-ipv6-prefixes": "auto_assigned,auto_assigned" }),
      /only applicable if enable-prefix-for-ipv6-source-nat annotation is set to on/,
    ],
  ],
  "count-sourceNatPrefixes": [
    ["has one too few", sourceNat("auto_assigned"), /\(1\) must match the number of subnets \(2\)/],
  ],
  "source-nat-prefixes": [
    ["has a word", sourceNat("auto_assigned,auto"), /prefixes: auto; allowed are auto_assigned/, withIpv6],
    ["has another length", sourceNat("auto_assigned,2001:db8::/64"), /must be 80, but 64 is specified/],
    ["has IPv4", sourceNat("auto_assigned,10.0.0.0/80"), /must be a valid IPv6 CIDR/],
  ],
  "source-nat-prefix-of-its-subnet": [
    [
      "has another order",
      sourceNat("2001:db8:0:1:1::/80,2001:db8:0:0:1::/80"),
      /prefixes: 2001:db8:0:1:1::\/80\. Value must be within subnet CIDR range: \[2001:db8:0:0::\/64\]/,
      withIpv6,
    ],
  ],
  "dualstack-subnets": [
    [
      "is in a subnet of IPv4",
      ipv6({}),
      /must specify subnets with an associated IPv6 CIDR block; subnet-us-west-2b has none/,
      withoutIpv6,
    ],
  ],
  "dualstack-udp": [
    ["is UDP", ipv6({}, { ports: [http, dns] }), /port 53 is UDP.*enable-prefix-for-ipv6-source-nat: "on"/],
    [
      "is TCP and UDP",
      ipv6({ "enable-tcp-udp-listener": "true" }, { ports: [{ ...http, port: 53 }, dns] }),
      /port 53 is TCP_UDP/,
    ],
  ],
  "ip-address-type": [["is unknown", annotated("ip-address-type", "ipv6"), /unknown IPAddressType: ipv6/]],
  "map-attributes": [
    [
      "has no equals sign",
      annotated("attributes", "deletion"),
      /failed to parse stringMap.*attributes: deletion/,
    ],
  ],
  "routing-policy": [
    [
      "is unknown",
      annotated("attributes", "dns_record.client_routing_policy=x"),
      /invalid dns_record\.client_routing_policy.*'x'/,
    ],
  ],
  "truth-accessLog": [["is no truth", annotated("access-log-enabled", "yes"), /failed to parse bool.*yes/]],
  "truth-crossZone": [
    ["is no truth", annotated("cross-zone-load-balancing-enabled", "yes"), /failed to parse bool.*yes/],
  ],
  "map-capacity": [
    ["has no equals sign", annotated("minimum-load-balancer-capacity", "3000"), /failed to parse stringMap/],
  ],
  capacity: [
    [
      "has another key",
      annotated("minimum-load-balancer-capacity", "Units=1"),
      /invalid key to set the capacity: Units/,
    ],
  ],
  "truth-withoutGroups": [["is no truth", annotated("disable-nlb-sg", "yes"), /failed to parse bool/]],
  "ipv6-ranges": [
    ["names one", service({ loadBalancerSourceRanges: ["::/0"] }), /unsupported v6 cidr ::\/0/],
  ],
  "group-twice": [
    [
      "has one twice",
      annotated("security-groups", "sg-1,web,sg-1"),
      /requested ids \[sg-1, sg-1\] but found \[sg-1\]/,
    ],
  ],
  "groups-that-exist": [
    [
      "has groups already",
      annotated("disable-nlb-sg", "true"),
      /conflicting security groups configuration; the load balancer has sg-own/,
      withControllerGroups,
      { ...made(service()).loadBalancer, securityGroups: ["sg-own"] },
    ],
  ],
  "private-link-without-groups": [
    [
      "has no groups",
      service(
        {},
        {
          "disable-nlb-sg": "true",
          "inbound-sg-rules-on-private-link-traffic": "off",
          scheme: "internet-facing",
        },
      ),
      /missing required field, SetSecurityGroupsInput\.SecurityGroups/,
    ],
  ],
  "prefix-lists": [
    [
      "has a range",
      annotated("security-group-prefix-lists", "10.0.0.0/8"),
      /must be the id of a prefix list/,
    ],
  ],
  "ranges-of-one-network": [
    [
      "has them in its spec",
      service({ loadBalancerSourceRanges: ["10.0.0.0/8", "198.51.100.0/24", "10.0.0.1/8"] }),
      /The same permission must not appear multiple times; 10\.0\.0\.0\/8 and 10\.0\.0\.1\/8 are both 10\.0\.0\.0\/8/,
    ],
    [
      "has them in the annotation, of IPv6",
      service({
        annotations: {
          [annotationNames.ipAddressType]: "dualstack",
          [annotationNames.sourceRanges]: "2001:db8::/32, 2001:0DB8:0::/32",
        },
      }),
      /2001:db8::\/32 and 2001:0DB8:0::\/32 are both 2001:db8::\/32/,
    ],
  ],
  quic: [
    ["is TCP", annotated("quic-enabled-ports", "80"), /Unsupported QUIC upgrade for protocol TCP/],
    ["is TLS", tls("quic-enabled-ports", "http"), /Unsupported QUIC upgrade for protocol TLS/],
  ],
  "check-port-with-name": [
    [
      "names a port that names the pods' port",
      service(
        { ports: [{ ...http, name: "web", targetPort: "http" }] },
        { "nlb-target-type": "ip", "healthcheck-port": "web" },
      ),
      /cannot use named healthCheckPort for IP TargetType/,
    ],
  ],
  "truth-manageNodeRules": [
    [
      "is no truth for given groups",
      service({}, { "security-groups": "sg-1", "manage-backend-security-group-rules": "x" }),
      /failed to parse bool/,
    ],
  ],
  "truth-manageNodeRules-without-groups": [
    [
      "is no truth",
      service(
        {},
        {
          "disable-nlb-sg": "true",
          "manage-backend-security-group-rules": "x",
          scheme: "internet-facing",
        },
      ),
      /failed to parse bool/,
    ],
  ],
  "map-additionalTags": [
    ["has no equals sign", annotated("additional-resource-tags", "team"), /failed to parse stringMap/],
  ],
  tags: [["has one of AWS", annotated("additional-resource-tags", "aws:x=1"), /has the tag aws:x=1/]],
  "number-of-tags": [
    [
      "has one too many",
      annotated(
        "additional-resource-tags",
        many(48, (index) => `t${index}=1`),
      ),
      /has 48 tags/,
    ],
  ],
  "length-of-name": [["has 33 characters", annotated("name", "a".repeat(33)), /longer than 32/]],
  name: [
    ["has a dot", annotated("name", "a.b"), /is "a\.b"/],
    ["begins with internal-", annotated("name", "internal-a"), /internal-a/],
    ["is empty", annotated("name", ""), /is ""/],
  ],
  "private-link": [
    [
      "is a truth",
      annotated("inbound-sg-rules-on-private-link-traffic", "true"),
      /must be one of \[on, off\]/,
    ],
  ],
  "merged-protocols": [
    [
      "has three ports",
      service(
        { ports: [dns, { ...dns, protocol: "TCP" }, { ...dns, protocol: "SCTP" }] },
        { "enable-tcp-udp-listener": "true" },
      ),
      /port 53 has UDP and TCP and SCTP/,
    ],
  ],
  "tls-ports": [
    [
      "names none of the Service's",
      annotated("ssl-ports", "80,8443"),
      /Unused port in ssl-ports annotation \[8443\]/,
    ],
  ],
  "node-ports": [
    [
      "reserves none",
      service({ allocateLoadBalancerNodePorts: false, ports: [withoutNodePort] }),
      /unallocated NodePort/,
    ],
  ],
  "check-protocol": [
    ["is UDP", annotated("healthcheck-protocol", "UDP"), /unsupported health check protocol UDP/],
  ],
  "check-port": [["names no port", annotated("healthcheck-port", "health"), /unable to find port health/]],
  "number-healthCheckInterval": [
    ["has a unit", annotated("healthcheck-interval", "10s"), /failed to parse int32.*10s/],
  ],
  "number-healthCheckTimeout": [
    ["has a unit", annotated("healthcheck-timeout", "10s"), /failed to parse int32/],
  ],
  "number-healthyThreshold": [
    ["is empty", annotated("healthcheck-healthy-threshold", ""), /failed to parse int32/],
  ],
  "number-unhealthyThreshold": [
    ["is a fraction", annotated("healthcheck-unhealthy-threshold", "2.5"), /failed to parse int32/],
  ],
  "map-targetGroupAttributes": [
    ["has no equals sign", annotated("target-group-attributes", "stickiness"), /failed to parse stringMap/],
  ],
  "map-targetGroupAttributes-of-port": [
    [
      "has no equals sign",
      annotated("target-group-attributes.80", "stickiness"),
      /failed to parse stringMap.*target-group-attributes\.80: stickiness/,
    ],
  ],
  "client-address-of-port": [
    [
      "is no truth",
      annotated("target-group-attributes.80", "preserve_client_ip.enabled=perhaps"),
      /failed to parse attribute preserve_client_ip\.enabled=perhaps/,
    ],
  ],
  "client-address": [
    [
      "is no truth",
      annotated("target-group-attributes", "preserve_client_ip.enabled=no"),
      /failed to parse attribute/,
    ],
  ],
  "proxy-protocol-ports": [
    ["has a name", annotated("proxy-protocol-per-target-group", "http"), /invalid port number.*http/],
  ],
  "proxy-protocol": [["is a port", annotated("proxy-protocol", "80"), /invalid value 80/]],
  families: [["has both", service({ ipFamilies: ["IPv4", "IPv6"] }), /lb not dual-stack/]],
  "map-targetNodeLabels": [
    ["has no equals sign", annotated("target-node-labels", "pool"), /failed to parse stringMap/],
  ],
  "truth-multiCluster": [
    ["is no truth", annotated("multi-cluster-target-group", "x"), /failed to parse bool/],
  ],
  "alpn-policy": [["is unknown", tls("alpn-policy", "h2"), /invalid ALPN policy h2/]],
  "map-listenerAttributes-of-port": [
    ["has no equals sign", annotated("listener-attributes.TCP-80", "x"), /failed to parse stringMap/],
  ],
  "listener-attribute": [
    [
      "is an ALB's",
      annotated("listener-attributes.TCP-80", "routing.http.response.server.enabled=true"),
      /TCP-80 sets routing\.http\.response\.server\.enabled; a TCP listener has tcp\.idle_timeout\.seconds/,
    ],
    [
      "is for UDP",
      service({ ports: [dns] }, { "listener-attributes.UDP-53": "tcp.idle_timeout.seconds=400" }),
      /a UDP listener has no attribute/,
    ],
  ],
  "listener-attribute-value": [
    [
      "is below AWS's range",
      annotated("listener-attributes.TCP-80", "tcp.idle_timeout.seconds=10"),
      /TCP-80 sets tcp\.idle_timeout\.seconds=10; AWS allows whole numbers from 60 to 6000/,
    ],
  ],
  "number-of-ports": [["has 51", service({ ports: manyPorts }), /has 51 ports/]],
  protocol: [["is SCTP", service({ ports: [{ ...http, protocol: "SCTP" }] }), /protocol SCTP/]],
  certificate: [["is a name", annotated("ssl-cert", "example.com"), /has "example\.com"/]],
  "ssl-policy": [["is unknown", tls("ssl-negotiation-policy", "TLS13"), /is "TLS13"/]],
  "bounds-healthCheckInterval": [
    ["is 4", annotated("healthcheck-interval", "4"), /is 4; AWS allows 5 to 300/],
  ],
  "bounds-healthCheckTimeout": [["is 1", annotated("healthcheck-timeout", "1"), /is 1; AWS allows 2 to 120/]],
  "bounds-healthyThreshold": [
    ["is 1", annotated("healthcheck-healthy-threshold", "1"), /is 1; AWS allows 2 to 10/],
  ],
  "bounds-unhealthyThreshold": [["is 11", annotated("healthcheck-unhealthy-threshold", "11"), /is 11/]],
  "bounds-healthCheckPort": [["is 0", annotated("healthcheck-port", "0"), /is 0; AWS allows 1 to 65535/]],
  "interval-below-time-out": [
    [
      "is 5 with the usual time-out",
      annotated("healthcheck-interval", "5"),
      /interval is 5 s and its time-out 10 s/,
    ],
  ],
  "check-path": [
    [
      "has no slash",
      service({}, { "healthcheck-protocol": "http", "healthcheck-path": "ready" }),
      /is "ready"/,
    ],
  ],
  "target-group-attribute": [
    [
      "is an ALB's",
      annotated("target-group-attributes", "slow_start.duration_seconds=30"),
      /sets slow_start/,
    ],
  ],
  "target-group-attribute-value": [
    [
      "asks for too long a delay",
      annotated("target-group-attributes", "deregistration_delay.timeout_seconds=4000"),
      /sets deregistration_delay\.timeout_seconds=4000; AWS allows whole numbers from 0 to 3600/,
    ],
    [
      "has a flag that is neither true nor false",
      annotated("target-group-attributes", "stickiness.enabled=yes"),
      /sets stickiness\.enabled=yes; AWS allows true and false/,
    ],
  ],
  "check-codes": [
    [
      "has a code that no server answers with",
      service({}, { "healthcheck-protocol": "http", "healthcheck-success-codes": "600" }),
      /success-codes is "600"; AWS allows codes from 200 to 599/,
    ],
  ],
  "client-address-of-udp": [
    [
      "is false",
      service({ ports: [dns] }, { "target-group-attributes": "preserve_client_ip.enabled=false" }),
      /port 53 is UDP/,
    ],
  ],
  "attribute-value": [
    [
      "has a flag that is neither true nor false",
      annotated("attributes", "deletion_protection.enabled=1"),
      /sets deletion_protection\.enabled=1; AWS allows true and false/,
    ],
  ],
  attribute: [
    ["is an ALB's", annotated("attributes", "idle_timeout.timeout_seconds=60"), /sets idle_timeout/],
  ],
  "access-log-bucket": [
    ["has none", annotated("access-log-enabled", "true"), /without a bucket/],
    [
      "has none among the attributes",
      annotated("attributes", "access_logs.s3.enabled=true"),
      /without a bucket/,
    ],
  ],
  "stickiness-of-tls": [
    [
      "has it for all ports",
      tls("target-group-attributes", "stickiness.enabled=true,stickiness.type=source_ip"),
      /port 80 terminates TLS, and stickiness\.enabled is true/,
    ],
  ],
  "no-instance": [
    [
      "has a Fargate node without its label",
      service(),
      /providerID of fargate-1 is invalid/,
      {
        ...cluster,
        nodes: cluster.nodes.map((node) => ({ ...node, instanceId: "fargate-1" })),
      },
    ],
  ],
  "several-groups": [
    [
      "is in two",
      service(),
      /expected exactly one securityGroup tagged with kubernetes\.io\/cluster\/dev.*sg-1, sg-2/,
      inTwoGroups,
    ],
  ],
};

describe("the AWS Load Balancer Controller refuses a Service, by", () => {
  for (const { id } of refusals) {
    const own = examples[id] ?? [];
    for (const [what, of, reason, inCluster = cluster, existing] of own) {
      it(`${id}: ${what}`, () => {
        const predicted = predict(of, inCluster, existing);
        assert.ok(predicted.kind === "refused");
        assert.match(predicted.reason, reason);
        // It is about Services that have no load balancer.
        if (existing === undefined) assert.match(whyNone(of, inCluster) ?? "", reason);
      });
    }

    it(`${id}: has an example`, () => {
      assert.ok(own.length > 0);
    });
  }

  it("the first reason in its order", () => {
    const twice = service({}, { scheme: "x", "healthcheck-port": "0" });
    assert.match(
      whyNone(twice, cluster) ?? "",
      /^refused: unknown scheme: x; .*; and then: .*healthcheck-port is 0; AWS allows 1 to 65535$/,
    );
  });

  const inOrder = (of: ServiceFacts, inCluster: AwsClusterFacts = cluster): readonly string[] => {
    const predicted = predict(of, inCluster);
    assert.ok(predicted.kind === "refused");
    return [predicted.reason, ...predicted.others];
  };

  it("what the controller says itself, before it asks AWS for anything", () => {
    const reasons = inOrder(
      service(
        { ports: [http, { ...http, name: "other", port: 81, nodePort: 30081 }] },
        {
          "additional-resource-tags": "aws:x=1",
          name: "a.b",
          "healthcheck-interval": "400",
          "ssl-cert": "none",
          "listener-attributes.TLS-81": "x",
          scheme: "internet-facing",
          "eip-allocations": "x,y",
          attributes: "x=1",
        },
      ),
    );
    assert.deepEqual(
      reasons.map((reason) => reason.split(/[;:] |, /)[0]),
      [
        "failed to parse stringMap annotation",
        "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags has the tag aws:x=1",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval is 400",
        'service.beta.kubernetes.io/aws-load-balancer-name is "a.b"',
        'service.beta.kubernetes.io/aws-load-balancer-eip-allocations has "x"',
        "service.beta.kubernetes.io/aws-load-balancer-attributes sets x",
        'service.beta.kubernetes.io/aws-load-balancer-ssl-cert has "none"',
      ],
    );
  });

  it("all of a port before anything of the next one", () => {
    const [first, second] = inOrder(
      service(
        { ports: [http, { ...http, name: "other", port: 81, nodePort: 30081 }] },
        { "target-group-attributes.81": "x", "listener-attributes.TCP-80": "x" },
      ),
    );
    assert.match(first ?? "", /listener-attributes\.TCP-80/);
    assert.match(second ?? "", /target-group-attributes\.81/);
  });

  it("all of a subnet before anything of the next one", () => {
    const [first, second] = inOrder(
      ipv6({
        "private-ipv4-addresses": "10.0.0.9,10.9.9.9",
        "ipv6-addresses": "2001:db8:9::1,2001:db8:0:1::1",
        scheme: "internal",
      }),
      withIpv6,
    );
    assert.match(first ?? "", /one IPv6 address configured for subnet: subnet-us-west-2a/);
    assert.match(second ?? "", /one private IPv4 address configured for subnet: subnet-us-west-2b/);
  });

  it("the word for rules on the nodes with the groups that the Service names, and last of a target group without any", () => {
    const wrong = { "manage-backend-security-group-rules": "x", "additional-resource-tags": "x" };
    assert.match(inOrder(service({}, { ...wrong, "security-groups": "sg-1" }))[0] ?? "", /bool annotation/);
    const [first, second] = inOrder(service({}, { ...wrong, "disable-nlb-sg": "true" }));
    assert.match(first ?? "", /stringMap annotation/);
    assert.match(second ?? "", /bool annotation/);
  });

  it("one reason for an interval that is out of bounds, with what the time-out asks of it", () => {
    assert.deepEqual(inOrder(annotated("healthcheck-interval", "3")), [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval is 3; AWS allows 5 to 300, and no interval below the time-out, which is 10 s",
    ]);
    assert.deepEqual(inOrder(service({}, { "healthcheck-interval": "3", "healthcheck-timeout": "2" })), [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval is 3; AWS allows 5 to 300",
    ]);
    assert.deepEqual(inOrder(annotated("healthcheck-timeout", "130")), [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout is 130; AWS allows 2 to 120, and no time-out above the interval, which is 10 s",
    ]);
    assert.equal(
      inOrder(service({}, { "healthcheck-interval": "3", "healthcheck-timeout": "200" })).length,
      2,
    );
  });

  it("one reason for one cause: what a wrong scheme or subnet brings along is no other", () => {
    const all = [
      service({}, { scheme: "x", "eip-allocations": "eipalloc-1,eipalloc-2" }),
      service({}, { scheme: "internal", subnets: "subnet-x", "private-ipv4-addresses": "10.0.0.5" }),
    ];
    const others = all.map((each) => {
      const predicted = predict(each, cluster);
      return predicted.kind === "refused" ? predicted.others : predicted.kind;
    });
    assert.deepEqual(others, [[], []]);
  });

  it("nothing that depends on a cluster that is not known", () => {
    assert.equal(whyNone(annotated("subnets", "subnet-x"), undefined), undefined);
  });
});

describe("the AWS Load Balancer Controller does not refuse a Service that", () => {
  const fine: readonly [what: string, of: ServiceFacts, inCluster?: AwsClusterFacts][] = [
    ["has a word for `internal` that it does not read", service({}, { scheme: "internal", internal: "x" })],
    [
      "has a word for rules on the nodes that it does not read",
      annotated("manage-backend-security-group-rules", "x"),
    ],
    [
      "has a shorter interval with a shorter time-out",
      service({}, { "healthcheck-interval": "5", "healthcheck-timeout": "5" }),
    ],
    ["has unknown policies without TLS", service({}, { "alpn-policy": "x", "ssl-negotiation-policy": "x" })],
    [
      "has IPv6 addresses of its subnets, in any order, where their ranges are known",
      ipv6({ "ipv6-addresses": "2001:db8:0:1::1,2001:db8::1" }),
      withIpv6,
    ],
    ["has prefixes of its subnets, in their order", sourceNat("2001:db8:0:0:1::/80,auto_assigned"), withIpv6],
    ["has IPv6 addresses of which nobody knows the subnets", ipv6({ "ipv6-addresses": "2001:db8::1,::1" })],
    ["is UDP over IPv6 with prefixes", ipv6({ "enable-prefix-for-ipv6-source-nat": "on" }, { ports: [dns] })],
    [
      "has an IPv6 range, and is dualstack",
      ipv6({}, { loadBalancerSourceRanges: ["::/0"], ipFamilies: ["IPv4", "IPv6"] }),
    ],
    [
      "has labels that are none for nodes, and pods as targets",
      service({}, { "nlb-target-type": "ip", "target-node-labels": "edge" }),
    ],
    [
      "checks pods at the number of a port that has a name",
      service(
        { ports: [{ ...http, name: "web", targetPort: "http" }] },
        { "nlb-target-type": "ip", "healthcheck-port": "8080" },
      ),
    ],
    [
      "names the groups, so that those of the nodes do not matter",
      annotated("security-groups", "sg-3"),
      inTwoGroups,
    ],
    [
      "has rules on the nodes from somebody else, so that their groups do not matter",
      service({}, { "disable-nlb-sg": "true", "manage-backend-security-group-rules": "false" }),
      inTwoGroups,
    ],
    ["keeps internet gateways away", ipv6({ attributes: "ipv6.deny_all_igw_traffic=true" })],
    [
      "has an IPv6 range beside groups of its own",
      service({ loadBalancerSourceRanges: ["::/0"] }, { "security-groups": "sg-1" }),
    ],
    [
      "names a range twice in the same words",
      service({ loadBalancerSourceRanges: ["10.0.0.1/8", "10.0.0.1/8"] }),
    ],
    [
      "names a network twice beside groups of its own",
      service({ loadBalancerSourceRanges: ["10.0.0.0/8", "10.0.0.1/8"] }, { "security-groups": "sg-1" }),
    ],
    ["has a health check over HTTP in small letters", annotated("healthcheck-protocol", "http")],
    [
      "has the bucket among the attributes",
      service({}, { "access-log-enabled": "true", attributes: "access_logs.s3.bucket=logs" }),
    ],
  ];
  for (const [what, of, inCluster = cluster] of fine) {
    it(what, () => {
      assert.equal(predict(of, inCluster).kind, "made");
    });
  }
});

describe("docs/load-balancer-controller.md", () => {
  it("is what npm run load-balancer-controller writes", () => {
    const page = join(import.meta.dirname, "../../../../../../docs/load-balancer-controller.md");
    assert.equal(readFileSync(page, "utf8"), controllerDocument());
  });
});
