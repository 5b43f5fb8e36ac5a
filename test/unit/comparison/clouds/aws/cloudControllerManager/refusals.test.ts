import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudControllerManager } from "../../../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { refusals } from "../../../../../../comparison/clouds/aws/cloudControllerManager/refusals/index.ts";
import { controllerDocument } from "../../../../../../comparison/clouds/aws/cloudControllerManager/document.ts";
import { defaultConfiguration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import type { Configuration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import type { AwsClusterFacts, NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, dns, existing, http, prefix, service, subnet } from "./cluster.ts";

type Example = readonly [
  what: string,
  of: ServiceFacts,
  reason: RegExp,
  inCluster?: AwsClusterFacts,
  setUp?: { readonly configuration?: Configuration; readonly existing?: NlbFacts },
];

const annotated = (name: string, value: string): ServiceFacts => service({}, { [name]: value });
const attributes = (value: string): ServiceFacts => annotated("target-group-attributes", value);
const internal = (name: string, value: string): ServiceFacts =>
  service({}, { internal: "true", [name]: value });
const tls = (name: string, value: string): ServiceFacts =>
  service({}, { "ssl-cert": "arn:aws:acm:us-west-2:123456789012:certificate/1", [name]: value });
const manyPorts = Array.from({ length: 51 }, (_, index) => ({
  ...http,
  name: `p${index}`,
  port: 1000 + index,
  nodePort: 30000 + index,
}));
const manyTags = Array.from({ length: 49 }, (_, index) => `t${index}=1`).join(",");
const listening = (protocol: string): NlbFacts => ({
  ...existing,
  listeners: [
    {
      identity: { name: `${protocol} 80`, id: "arn:listener/net/made" },
      owner: "cloud controller",
      protocol,
      port: 80,
      alpnPolicy: [],
      certificates: [],
      attributes: {},
      forwardsTo: [],
    },
  ],
});
const inGroups = (...groups: string[]): AwsClusterFacts => ({
  ...cluster,
  groupsByInstance: { "i-a": groups, "i-b": ["sg-nodes"] },
});

/** By the refusal's id; each refusal needs at least one. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  "created-as-classic": [
    [
      "with a Classic Load Balancer's name",
      service({ ingress: ["a1-2.us-west-2.elb.amazonaws.com"] }),
      /type is "nlb", and .* names a1-2\.us-west-2\.elb\.amazonaws\.com, which is no Network Load Balancer/,
      { ...cluster, kubernetesVersion: "v1.36.3" },
    ],
  ],
  "security-groups": [
    ["names one", annotated("security-groups", "sg-1"), /load-balancer-security-groups is not allowed/],
  ],
  "extra-security-groups": [
    ["names none", annotated("extra-security-groups", ""), /extra-security-groups is not allowed/],
  ],
  "target-group-attribute": [
    [
      "stickiness",
      attributes("stickiness.enabled=true"),
      /sets stickiness\.enabled; allowed are preserve_client_ip\.enabled and/,
    ],
    [
      "a blank before the sign, which is part of the name",
      attributes("preserve_client_ip.enabled =false"),
      /sets "preserve_client_ip\.enabled "; allowed are preserve_client_ip\.enabled and/,
    ],
    [
      "how connections end",
      attributes("deregistration_delay.connection_termination.enabled=true"),
      /sets deregistration_delay\.connection_termination\.enabled; allowed are/,
    ],
  ],
  "target-group-attribute-value": [
    [
      "nothing",
      attributes("preserve_client_ip.enabled"),
      /preserve_client_ip\.enabled to ""; allowed are true and false/,
    ],
    ["True", attributes("proxy_protocol_v2.enabled=True"), /to "True"; allowed are true and false/],
  ],
  "client-address-of-udp": [
    [
      "a UDP port",
      service({ ports: [dns] }, { "target-group-attributes": "preserve_client_ip.enabled=false" }),
      /AWS allows only true for UDP/,
    ],
  ],
  "session-affinity": [
    ["ClientIP", service({ sessionAffinity: "ClientIP" }), /^sessionAffinity is ClientIP; allowed is None$/],
  ],
  "no-ports": [["none", service({ ports: [] }), /has no ports/]],
  "mixed-protocols": [
    [
      "TCP and UDP",
      service({ ports: [http, dns] }),
      /protocols TCP and UDP; all ports must have the same protocol/,
    ],
  ],
  "ipv6-source-ranges": [
    [
      "IPv6",
      service({ loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"] }),
      /spec\.loadBalancerSourceRanges has "2001:db8::\/32"; allowed are IPv4 ranges/,
    ],
  ],
  "source-ranges": [
    [
      "a word",
      service({
        loadBalancerSourceRanges: [],
        annotations: {
          [`${prefix}type`]: "nlb",
          "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, office",
        },
      }),
      /load-balancer-source-ranges has "office"/,
    ],
  ],
  protocol: [
    ["SCTP", service({ ports: [{ ...http, protocol: "SCTP" }] }), /protocol SCTP; allowed are TCP and UDP/],
  ],
  "check-protocol": [
    [
      "UDP",
      annotated("healthcheck-protocol", "UDP"),
      /healthcheck-protocol is "UDP"; allowed are TCP, HTTP and HTTPS/,
    ],
  ],
  "number-healthCheckInterval": [
    ["10s", annotated("healthcheck-interval", "10s"), /interval is "10s"; it must be a whole number/],
    ["nothing", annotated("healthcheck-interval", ""), /interval is ""; it must be a whole number/],
    [
      "more than 64 bits",
      annotated("healthcheck-interval", "9223372036854775808"),
      /interval is "9223372036854775808"; it must be a whole number/,
    ],
  ],
  "number-healthCheckTimeout": [
    [
      "5s, although it is never sent",
      annotated("healthcheck-timeout", "5s"),
      /timeout is "5s"; it must be a whole number/,
    ],
  ],
  "number-healthyThreshold": [
    ["two", annotated("healthcheck-healthy-threshold", "two"), /healthy-threshold is "two"/],
  ],
  "number-unhealthyThreshold": [
    ["2.5", annotated("healthcheck-unhealthy-threshold", "2.5"), /unhealthy-threshold is "2\.5"/],
  ],
  "check-port": [
    [
      "a name",
      annotated("healthcheck-port", "http"),
      /healthcheck-port is "http"; it must be a whole number/,
    ],
  ],
  "load-balancer-ip": [
    [
      "an address",
      service({ loadBalancerIP: "203.0.113.77" }),
      /^loadBalancerIP is 203\.0\.113\.77; it must not be set/,
    ],
  ],
  "named-subnets": [
    [
      "an unknown one",
      annotated("subnets", "subnet-us-west-2a,subnet-x"),
      /names 2 subnets .* has 1 of them/,
    ],
    ["none", annotated("subnets", " , "), /names 0 subnets/],
  ],
  "suitable-subnets": [
    [
      "private ones only",
      service(),
      /none of the cluster's 1 subnets is suitable for an internet-facing load balancer/,
      { ...cluster, subnets: [subnet("us-west-2a", "10.0.0.0/20", { public: false })] },
    ],
  ],
  "subnets-in-one-zone": [
    [
      "two",
      annotated("subnets", "subnet-1,subnet-2"),
      /several subnets in one zone/,
      {
        ...cluster,
        subnets: ["1", "2"].map((id) => subnet("us-west-2a", `10.0.${id}.0/24`, { id: `subnet-${id}` })),
      },
    ],
  ],
  "count-eipAllocations": [
    ["too few", annotated("eip-allocations", "eipalloc-1"), /has 1 items for 2 subnets/],
    [
      "a comma at the end",
      annotated("eip-allocations", "eipalloc-1,eipalloc-2,"),
      /has 3 items for 2 subnets/,
    ],
  ],
  "count-privateIpv4Addresses": [
    ["too few", internal("private-ipv4-addresses", "10.0.0.7"), /has 1 items for 2 subnets/],
  ],
  "scheme-eipAllocations": [
    [
      "internal",
      internal("eip-allocations", "eipalloc-1,eipalloc-2"),
      /eip-allocations is set for an internal load balancer; AWS allows Elastic IP addresses only for/,
    ],
  ],
  "scheme-privateIpv4Addresses": [
    [
      "internet-facing",
      annotated("private-ipv4-addresses", "10.0.0.7,10.0.16.7"),
      /private-ipv4-addresses is set for an internet-facing load balancer; AWS allows private addresses only for/,
    ],
  ],
  "items-eipAllocations": [
    [
      "a blank",
      annotated("eip-allocations", "eipalloc-1, eipalloc-2"),
      /eip-allocations has " eipalloc-2"; .*without blanks/,
    ],
  ],
  "items-privateIpv4Addresses": [
    ["a blank", internal("private-ipv4-addresses", "10.0.0.7, 10.0.16.7"), /addresses has " 10\.0\.16\.7"/],
    [
      "another subnet's",
      internal("private-ipv4-addresses", "10.0.16.7,10.0.0.7"),
      /addresses has "10\.0\.16\.7"/,
    ],
  ],
  tags: [
    ["a reserved key", annotated("additional-resource-tags", "aws:team=web"), /has the tag aws:team=web/],
    ["a semicolon", annotated("additional-resource-tags", "a=1;b=2"), /has the tag a=1;b/],
  ],
  "number-of-tags": [["49", annotated("additional-resource-tags", manyTags), /has 49 tags; AWS allows 50/]],
  "limits-healthCheckInterval": [
    ["3", annotated("healthcheck-interval", "3"), /healthcheck-interval is 3; AWS allows 5 to 300/],
  ],
  "limits-healthyThreshold": [
    ["1", annotated("healthcheck-healthy-threshold", "1"), /healthy-threshold is 1; AWS allows 2 to 10/],
  ],
  "limits-unhealthyThreshold": [
    [
      "11",
      annotated("healthcheck-unhealthy-threshold", "11"),
      /unhealthy-threshold is 11; AWS allows 2 to 10/,
    ],
  ],
  "limits-healthCheckPort": [
    ["70000", annotated("healthcheck-port", "70000"), /healthcheck-port is 70000; AWS allows 1 to 65535/],
  ],
  "interval-below-time-out": [
    ["5 s over TCP", annotated("healthcheck-interval", "5"), /interval is 5; .*check by TCP, which is 10 s/],
    [
      "5 s over HTTP",
      service({}, { "healthcheck-interval": "5", "healthcheck-protocol": "http" }),
      /interval is 5; .*check by HTTP, which is 6 s/,
    ],
  ],
  "check-path": [
    [
      "no slash",
      service({}, { "healthcheck-protocol": "HTTP", "healthcheck-path": "ready" }),
      /healthcheck-path is "ready"; it must begin with a slash/,
    ],
    [
      "nothing",
      service({}, { "healthcheck-protocol": "HTTPS", "healthcheck-path": "" }),
      /healthcheck-path is ""/,
    ],
  ],
  "number-of-ports": [
    ["51", service({ ports: manyPorts }), /has 51 ports; AWS allows 50 listeners per Network Load Balancer/],
  ],
  certificate: [
    ["a name", annotated("ssl-cert", "my-cert"), /ssl-cert is "my-cert"; it must be one ARN/],
    ["a blank", tls("ssl-cert", " arn:aws:acm:us-west-2:123456789012:certificate/1"), /ssl-cert is " arn/],
    [
      "two",
      tls(
        "ssl-cert",
        "arn:aws:acm:us-west-2:123456789012:certificate/1,arn:aws:acm:us-west-2:123456789012:certificate/2",
      ),
      /it must be one ARN/,
    ],
  ],
  "ssl-policy": [
    ["TLS-1-2", tls("ssl-negotiation-policy", "TLS-1-2"), /policy is "TLS-1-2"; AWS's policies/],
  ],
  "truth-crossZone": [
    ["yes", annotated("cross-zone-load-balancing-enabled", "yes"), /enabled is "yes"; allowed are true and/],
  ],
  "truth-accessLog": [
    ["on", annotated("access-log-enabled", "on"), /access-log-enabled is "on"; allowed are true and false/],
  ],
  "access-log-bucket": [
    [
      "no bucket",
      annotated("access-log-enabled", "true"),
      /access-log-enabled is true without .*bucket-name/,
    ],
  ],
  "listener-protocol": [
    [
      "UDP where TCP was",
      service({ ports: [{ ...http, protocol: "UDP" }] }),
      /has a listener TCP 80, and the Service now asks for UDP 80; .*DuplicateListener/,
      cluster,
      { existing: listening("TCP") },
    ],
    [
      "TLS where TCP was",
      annotated("ssl-cert", "arn:aws:acm:us-west-2:123456789012:certificate/1"),
      /listener TCP 80, and the Service now asks for TLS 80/,
      cluster,
      { existing: listening("TCP") },
    ],
    ["TCP where TLS was", service(), /asks for TCP 80/, cluster, { existing: listening("TLS") }],
  ],
  "managed-tls": [
    [
      "a certificate",
      annotated("ssl-cert", "arn:aws:acm:us-west-2:123456789012:certificate/1"),
      /^port 80 terminates TLS, and NLBSecurityGroupMode is Managed/,
      cluster,
      { configuration: { ...defaultConfiguration, managesSecurityGroups: true } },
    ],
  ],
  "several-groups": [
    [
      "two of an instance",
      service(),
      /^the instance i-a is in several security groups .*: sg-1, sg-2; each instance must be in exactly one/,
      inGroups("sg-1", "sg-2"),
    ],
  ],
};

describe("a Service that the cloud controller manager refuses", () => {
  for (const { id, at } of refusals) {
    const own = examples[id] ?? [];
    for (const [what, of, reason, inCluster = cluster, setUp = {}] of own) {
      const { configuration, existing: there = existing } = setUp;
      it(`${id}: ${what}`, () => {
        const first = predict(of, inCluster, undefined, configuration);
        const later = predict(of, inCluster, there, configuration);
        assert.equal(first.kind, at === "update" ? "made" : "refused", "before there is a load balancer");
        assert.equal(later.kind, at === "creation" ? "made" : "refused", "with a load balancer");
        const refused = [first, later].flatMap((each) => (each.kind === "refused" ? [each.reason] : []));
        for (const given of refused) assert.match(given, reason);
      });
    }

    it(`${id}: has an example`, () => {
      assert.ok(own.length > 0);
    });
  }

  it("gives the first reason in the controller's order, and then what it would refuse next", () => {
    const thrice = service({ sessionAffinity: "ClientIP", ports: [] }, { "security-groups": "sg-1" });
    assert.deepEqual(predict(thrice, cluster), {
      kind: "refused",
      reason: `${prefix}security-groups is not allowed for a Network Load Balancer, which gets no security group`,
      others: [
        "sessionAffinity is ClientIP; allowed is None",
        "the Service has no ports; it needs at least one",
      ],
    });
  });

  it("gives one reason for an interval that is out of bounds, with what the time-out asks of it", () => {
    const reasons = (annotations: Readonly<Record<string, string>>): readonly string[] => {
      const predicted = predict(service({}, annotations), cluster);
      assert.ok(predicted.kind === "refused");
      return [predicted.reason, ...predicted.others];
    };
    assert.deepEqual(reasons({ "healthcheck-interval": "3" }), [
      `${prefix}healthcheck-interval is 3; AWS allows 5 to 300, and no interval below the time-out of a check by TCP, which is 10 s and cannot be set: use 10 or more`,
    ]);
    assert.deepEqual(reasons({ "healthcheck-interval": "301" }), [
      `${prefix}healthcheck-interval is 301; AWS allows 5 to 300`,
    ]);
  });

  it("comes to the ranges last, when it writes its rules", () => {
    const twice = service({ loadBalancerSourceRanges: ["::/0"] }, { "healthcheck-interval": "301" });
    const predicted = predict(twice, cluster);
    assert.ok(predicted.kind === "refused");
    assert.match(predicted.reason, /healthcheck-interval is 301/);
    assert.equal(predicted.others.length, 1);
    assert.match(predicted.others[0] ?? "", /has "::\/0"/);
  });

  it("names all that it would refuse where a Service waits for its load balancer", () => {
    const twice = service({ sessionAffinity: "ClientIP", loadBalancerIP: "192.0.2.1" });
    assert.match(
      cloudControllerManager.whyNone(twice, cluster) ?? "",
      /^refused: sessionAffinity is ClientIP; allowed is None; and then: loadBalancerIP is 192\.0\.2\.1/,
    );
  });

  /** What is found wrong of a value must not be found wrong again because of it. */
  const alone: readonly Example[] = [
    ["one of a list of subnets is not there", annotated("subnets", "subnet-us-west-2a,subnet-x"), /subnets/],
    [
      "addresses for subnets that are not there",
      service({}, { subnets: "subnet-x", "eip-allocations": "eipalloc-1,eipalloc-2" }),
      /subnets/,
    ],
    [
      "a list of addresses ends with a comma",
      annotated("eip-allocations", "eipalloc-1,eipalloc-2,"),
      /3 items/,
    ],
    ["an attribute that cannot be set has a number", attributes("stickiness.enabled=1"), /stickiness/],
  ];
  for (const [what, of, reason] of alone) {
    it(`gives one reason where ${what}`, () => {
      const predicted = predict(of, cluster);
      assert.ok(predicted.kind === "refused");
      assert.match(predicted.reason, reason);
      assert.deepEqual(predicted.others, []);
    });
  }
});

describe("a Service that the cloud controller manager does not refuse", () => {
  const fine: readonly Example[] = [
    ["has an instance in one tagged group and any others", service(), /./, inGroups("sg-1")],
    ["names an interval as long as the time-out", annotated("healthcheck-interval", "10"), /./],
    ["writes numbers with a sign", annotated("healthcheck-interval", "+30"), /./],
    ["has an empty list of tags", annotated("additional-resource-tags", ""), /./],
    ["has an unknown TLS policy without a certificate", annotated("ssl-negotiation-policy", "x"), /./],
    ["has no path and a TCP check", annotated("healthcheck-path", "ready"), /./],
    [
      "has a health check that would be refused, but no node ports",
      service(
        { ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 80 }] },
        { "healthcheck-interval": "x" },
      ),
      /./,
    ],
  ];
  for (const [what, of, , inCluster = cluster] of fine) {
    it(what, () => {
      assert.equal(predict(of, inCluster).kind, "made");
    });
  }

  it("has an IPv6 range, and the controller writes no rules", () => {
    const silent = { ...defaultConfiguration, opensNodes: false };
    const of = service({ loadBalancerSourceRanges: ["2001:db8::/32"] });
    assert.equal(predict(of, cluster, undefined, silent).kind, "made");
    assert.equal(predict(of, cluster, undefined, { ...silent, managesSecurityGroups: true }).kind, "refused");
  });

  it("has the protocols that its listeners have", () => {
    assert.equal(predict(service(), cluster, listening("TCP")).kind, "made");
  });

  it("has another protocol than the listener of a load balancer that others made", () => {
    assert.equal(predict(service(), cluster, { ...listening("UDP"), owner: "other" }).kind, "made");
  });
});

describe("docs/cloud-controller.md", () => {
  it("is what npm run cloud-controller writes", () => {
    const page = join(import.meta.dirname, "../../../../../../docs/cloud-controller.md");
    assert.equal(readFileSync(page, "utf8"), controllerDocument());
  });
});
