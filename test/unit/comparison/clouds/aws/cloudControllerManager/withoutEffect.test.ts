import assert from "node:assert/strict";
import { defaultConfiguration } from "../../../../../../comparison/clouds/aws/cloudControllerManager/configuration.ts";
import { withoutEffect } from "../../../../../../comparison/clouds/aws/cloudControllerManager/withoutEffect.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { dns, http, https, prefix, service } from "./cluster.ts";

type Row = readonly [name: string, says: RegExp, instead?: string];

/** What the Service has without effect: names without the common prefix, what is said of it, and what to use. */
const rowsOf = (of: ServiceFacts): [string, string, string | undefined][] =>
  withoutEffect(of).map(({ name, why, gets = "", instead }) => [
    name.replace(prefix, ""),
    `${why}; ${gets}`,
    instead?.replace(prefix, ""),
  ]);

const certificate = { "ssl-cert": "arn:aws:acm:us-west-2:123456789012:certificate/1" };
const spelled = (name: string, value = "true"): ServiceFacts =>
  service({ annotations: { [`${prefix}type`]: "nlb", [name]: value } });

const cases: readonly [what: string, of: ServiceFacts, ...rows: Row[]][] = [
  [
    "the other controller's scheme, and what the load balancer is instead",
    service({}, { scheme: "internal", "nlb-target-type": "ip" }),
    ["scheme", /^only the AWS Load Balancer Controller reads it; .* is internet-facing$/, "internal"],
    ["nlb-target-type", /only the AWS Load Balancer Controller reads it; targets are the nodes' instances/],
  ],
  [
    "the other controller's scheme beside the right annotation",
    service({}, { scheme: "internet-facing", internal: "true" }),
    ["scheme", /the load balancer is internal$/, "internal"],
  ],
  [
    "proxy protocol for Classic Load Balancers",
    service({}, { "proxy-protocol": "*" }),
    [
      "proxy-protocol",
      /reads it only for a Classic Load Balancer; only proxy_protocol_v2\.enabled/,
      "target-group-attributes: proxy_protocol_v2.enabled=true",
    ],
  ],
  [
    "misspelled names",
    service({}, { "health-check-path": "/healthz", "healthcheck-treshold": "2" }),
    ["health-check-path", /no controller reads it/, "healthcheck-path"],
    ["healthcheck-treshold", /no controller reads it/, "healthcheck-healthy-threshold"],
  ],
  [
    "the alpha prefix",
    spelled("service.alpha.kubernetes.io/aws-load-balancer-internal"),
    [
      "service.alpha.kubernetes.io/aws-load-balancer-internal",
      /reads only annotations that begin with service\.beta\.kubernetes\.io\/aws-load-balancer-/,
      "internal",
    ],
  ],
  [
    "no prefix",
    spelled("aws-load-balancer-backend-protocol", "http"),
    ["aws-load-balancer-backend-protocol", /reads only annotations that begin with/, "backend-protocol"],
  ],
  [
    "a hyphen too few",
    spelled("service.beta.kubernetes.io/aws-loadbalancer-internal"),
    ["service.beta.kubernetes.io/aws-loadbalancer-internal", /reads only annotations that/, "internal"],
  ],
  [
    "the prefix that only the other controller reads",
    spelled("service.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ["service.kubernetes.io/aws-load-balancer-scheme", /reads only annotations that begin with/, "internal"],
  ],
  [
    "another cloud's annotation",
    spelled("service.beta.kubernetes.io/azure-load-balancer-internal"),
    ["service.beta.kubernetes.io/azure-load-balancer-internal", /no controller on AWS reads it/],
  ],
  [
    "the field of source ranges as an annotation",
    spelled("service.beta.kubernetes.io/loadBalancerSourceRanges", "10.0.0.0/8"),
    [
      "service.beta.kubernetes.io/loadBalancerSourceRanges",
      /no controller on AWS reads it/,
      "service.beta.kubernetes.io/load-balancer-source-ranges",
    ],
  ],
  [
    "source ranges with the others' prefix",
    service({}, { "source-ranges": "10.0.0.0/8" }),
    ["source-ranges", /no controller reads it/, "service.beta.kubernetes.io/load-balancer-source-ranges"],
  ],
  [
    "labels",
    service({ labels: { [`${prefix}internal`]: "true" } }),
    ["internal", /it is a label; controllers read annotations only/, "internal"],
  ],
  [
    "a range of old manuals in the place of a truth",
    service({}, { internal: "0.0.0.0/0" }),
    [
      "internal",
      /any value but "false" means true; the load balancer is internal/,
      'internal: "true" or "false"',
    ],
  ],
  [
    "a False that was meant to switch it off",
    service({}, { internal: "False" }),
    ["internal", /the load balancer is internal/, 'internal: "true" or "false"'],
  ],
  [
    "a blank in the list of TLS ports",
    service({ ports: [http, https] }, { ...certificate, "ssl-ports": "80, 443" }),
    [
      "ssl-ports",
      /^" 443" is no port's number or name; blanks are not trimmed; only these listeners are TLS: 80$/,
      "ssl-ports: 80,443",
    ],
  ],
  [
    "TLS ports without a certificate",
    service({}, { "ssl-ports": "80", "ssl-negotiation-policy": "x", "backend-protocol": "ssl" }),
    ["ssl-ports", /no port terminates TLS/, "ssl-cert"],
    ["ssl-negotiation-policy", /no port terminates TLS/, "ssl-cert"],
    ["backend-protocol", /no port terminates TLS/, "ssl-cert"],
  ],
  [
    "a backend protocol of Classic Load Balancers",
    service({}, { "backend-protocol": "http" }),
    ["backend-protocol", /only "ssl" has an effect; targets take the port's protocol/],
  ],
  [
    "a certificate for UDP",
    service({ ports: [dns] }, certificate),
    ["ssl-cert", /UDP ports do not terminate TLS; listeners are UDP/],
  ],
  [
    "the time-out of the health check",
    service({}, { "healthcheck-timeout": "3" }),
    ["healthcheck-timeout", /parses it, and does not send it; the time-out of a check by TCP is 10 s/],
  ],
  [
    "a path with a TCP check",
    service({}, { "healthcheck-path": "/ready" }),
    ["healthcheck-path", /the health check is TCP, which has no path/, "healthcheck-protocol: http"],
  ],
  [
    "a bucket without access logs",
    service({}, { "access-log-s3-bucket-name": "logs" }),
    ["access-log-s3-bucket-name", /access logs are not enabled/, "access-log-enabled"],
  ],
  [
    "anything on a Service of the other controller",
    service({}, { type: "nlb-ip" }),
    ["type", /leaves the Service to others/],
  ],
  [
    "a type in other letters",
    service({}, { type: "NLB" }),
    ["type", /knows only "nlb"; it makes a Classic/, "type: nlb"],
  ],
  [
    "what is not for a Classic Load Balancer",
    service(
      {},
      {
        type: undefined,
        "proxy-protocol": "*",
        "connection-idle-timeout": "60",
        "backend-protocol": "http",
        scheme: "internal",
        "eip-allocations": "eipalloc-1",
      },
    ),
    [
      "scheme",
      /only the AWS Load Balancer Controller reads it; the load balancer is internet-facing/,
      "internal",
    ],
    ["eip-allocations", /only for a Network Load Balancer/, "type: nlb"],
  ],
  [
    "ranges in an annotation beside those of the specification",
    service({
      loadBalancerSourceRanges: ["10.0.0.0/8"],
      annotations: {
        [`${prefix}type`]: "nlb",
        "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0",
      },
    }),
    [
      "service.beta.kubernetes.io/load-balancer-source-ranges",
      /spec\.loadBalancerSourceRanges comes before it; admitted are 10\.0\.0\.0\/8/,
    ],
  ],
  [
    "anything on a NodePort Service",
    service({ type: "NodePort" }, { internal: "true" }),
    ["type", /the Service's type is NodePort; .* of LoadBalancer Services only/],
    ["internal", /the Service's type is NodePort; .* of LoadBalancer Services only/],
  ],
];

describe("annotations without effect", () => {
  for (const [what, of, ...expected] of cases) {
    it(`are named: ${what}`, () => {
      const found = rowsOf(of);
      assert.deepEqual(
        found.map(([name, , instead]) => [name, instead]),
        expected.map(([name, , instead]) => [name, instead]),
      );
      expected.forEach(([, says], index) => {
        assert.match(found[index]?.[1] ?? "", says);
      });
    });
  }

  const effective = service(
    { ports: [http, https], loadBalancerSourceRanges: [] },
    {
      ...certificate,
      "ssl-ports": "https,80",
      "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "backend-protocol": "ssl",
      internal: "false",
      "cross-zone-load-balancing-enabled": "true",
      "healthcheck-protocol": "http",
      "healthcheck-path": "/ready",
      "healthcheck-port": "traffic-port",
      "healthcheck-interval": "10",
      "target-group-attributes": "preserve_client_ip.enabled=false",
      "target-node-labels": "a=b",
      "additional-resource-tags": "a=b",
      subnets: "subnet-1",
    },
  );

  it("do not have those with an effect among them", () => {
    assert.deepEqual(withoutEffect(effective), []);
  });

  it("do not have refused ones among them, nor Kubernetes' own", () => {
    const of = service({}, { "security-groups": "sg-1" });
    const own = { "service.kubernetes.io/topology-mode": "Auto" };
    assert.deepEqual(withoutEffect({ ...of, annotations: { ...of.annotations, ...own } }), []);
  });

  it("have those of the health check among them, if all Services share one", () => {
    const shared = { ...defaultConfiguration, sharedHealthProbe: { port: 10256, path: "/healthz" } };
    const names = withoutEffect(effective, shared).map(({ name }) => name.replace(prefix, ""));
    assert.deepEqual(names, ["healthcheck-protocol", "healthcheck-port", "healthcheck-path"]);
    assert.deepEqual(withoutEffect({ ...effective, externalTrafficPolicy: "Local" }, shared), []);
  });
});
