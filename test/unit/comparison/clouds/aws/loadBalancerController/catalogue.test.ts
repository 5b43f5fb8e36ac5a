import assert from "node:assert/strict";
import { filesCall } from "../../../../../../cli/files.ts";
import { resultOf } from "../../../../../../cli/filesComparison.ts";
import { manifestFile } from "../../../../../../comparison/manifests/file.ts";
import type { Comparison } from "../../../../../../comparison/result/comparison.ts";
import type { JudgedService } from "../../../../../../comparison/result/judgement.ts";
import { loadBalancer, nodePort } from "../../../manifests/manifests.ts";

const call = filesCall({ file: ["a.yaml"], controller: "lbc" }) ?? assert.fail();
const file = (text: string, name = "a.yaml") => manifestFile(text, name, call.served.cloud.controllers);

async function compared(left: string, right: string): Promise<Comparison> {
  const result = await resultOf([file(left), file(right, "b.yaml")], call);
  return result.kind === "compared" ? result.comparison : assert.fail();
}

async function judged(text: string): Promise<JudgedService> {
  const result = await resultOf([file(text)], call);
  return (result.kind === "judged" ? result.judgement.services[0] : undefined) ?? assert.fail();
}

/** With UDP on the same number. */
const onBoth = (text: string): string =>
  text.replace(
    "targetPort: 8080 }]",
    "targetPort: 8080 }, { name: quic, port: 80, protocol: UDP, targetPort: 8080 }]",
  );

const ids = ({ explanations }: Comparison): string[] => explanations.map(({ id }) => id);

describe("a NodePort Service and one of the AWS Load Balancer Controller", () => {
  it("are equivalent, with the same clients by way of the load balancer's groups", async () => {
    const comparison = await compared(nodePort(), loadBalancer());
    assert.deepEqual(comparison.verdict.reasons, []);
    assert.equal(comparison.verdict.kind, "equivalent");
    for (const id of [
      "security-groups-of-the-load-balancer",
      "load-balancer-class",
      "tags-of-the-controller",
      "finalizer",
      "who-owns-it",
    ])
      assert.ok(ids(comparison).includes(id), id);
  });

  const equal: readonly [string, string][] = [
    ["with ranges", loadBalancer({}, "  loadBalancerSourceRanges: [10.0.0.0/8]")],
    [
      "with a range that covers the subnets' checks in part",
      loadBalancer({}, "  loadBalancerSourceRanges: [10.0.0.0/16]"),
    ],
    [
      "with TLS, certificates by SNI, a policy and ALPN",
      loadBalancer({
        "ssl-cert": [1, 2]
          .map(
            (digit) =>
              `arn:aws:acm:us-west-2:000000000000:certificate/11111111-2222-3333-4444-55555555555${digit}`,
          )
          .join(),
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "alpn-policy": "HTTP2Preferred",
        "backend-protocol": "ssl",
      }),
    ],
    [
      "with another scheme and settings",
      loadBalancer({
        scheme: "internet-facing",
        "healthcheck-interval": "15",
        "cross-zone-load-balancing-enabled": "true",
      }),
    ],
    [
      "with a check of kube-proxy",
      loadBalancer({
        "healthcheck-protocol": "http",
        "healthcheck-port": "10256",
        "healthcheck-path": "/healthz",
      }),
    ],
    [
      "with path MTU discovery to the load balancer",
      loadBalancer({ "enable-icmp-for-path-mtu-discovery": "on" }),
    ],
    ["with TCP and UDP on one number", onBoth(loadBalancer({ "enable-tcp-udp-listener": "true" }))],
    [
      "with TCP and UDP on one number, ranges, and a check of kube-proxy",
      onBoth(
        loadBalancer(
          {
            "enable-tcp-udp-listener": "true",
            "healthcheck-protocol": "http",
            "healthcheck-port": "10256",
            "healthcheck-path": "/healthz",
          },
          "  loadBalancerSourceRanges: [10.0.0.0/8]",
        ),
      ),
    ],
    ["under the policy Local", loadBalancer({}, "  externalTrafficPolicy: Local")],
    ["without security groups", loadBalancer({ "disable-nlb-sg": "true", scheme: "internet-facing" })],
  ];
  for (const [what, text] of equal) {
    it(`are equivalent ${what}, if the component has the arguments that are printed`, async () => {
      const { own } = await judged(text);
      assert.equal(own?.verdict, "equivalent", own?.reasons.join("\n"));
    });
  }

  it("are equivalent under the policy Local, each with its own check", async () => {
    const local = "  externalTrafficPolicy: Local";
    const comparison = await compared(nodePort(local), loadBalancer({}, local));
    assert.deepEqual(comparison.verdict.reasons, []);
    assert.ok(ids(comparison).includes("health-check-node-port"));
  });

  it("are compared for the same clients: a NodePort Service names none", async () => {
    const ranges = "  loadBalancerSourceRanges: [10.0.0.0/8]";
    const { verdict } = await compared(nodePort(), loadBalancer({}, ranges));
    assert.deepEqual(verdict.reasons, []);
  });

  it("are different if other clients are let in", async () => {
    const ranges = "  loadBalancerSourceRanges: [10.0.0.0/8]";
    const { verdict } = await compared(loadBalancer(), loadBalancer({}, ranges));
    assert.equal(verdict.kind, "different");
  });

  it("are equivalent in the other order", async () => {
    assert.equal((await compared(loadBalancer(), nodePort())).verdict.kind, "equivalent");
  });

  const different: readonly [string, string, RegExp][] = [
    [
      "an attribute is set that the component has no option for",
      loadBalancer({ attributes: "zonal_shift.config.enabled=true" }),
      /zonal_shift/,
    ],
    [
      "its groups count on PrivateLink",
      loadBalancer({ "inbound-sg-rules-on-private-link-traffic": "off" }),
      /OnPrivateLinkTraffic is absent on the left and off on the right/,
    ],
    [
      "capacity is reserved",
      loadBalancer({ "minimum-load-balancer-capacity": "CapacityUnits=3000" }),
      /capacity/,
    ],
  ];
  for (const [what, text, reason] of different) {
    it(`are different if ${what}`, async () => {
      const { verdict } = await compared(nodePort(), text);
      assert.equal(verdict.kind, "different");
      assert.match(verdict.reasons.join("\n"), reason);
      assert.equal((await judged(text)).own?.verdict, "different");
    });
  }

  it("are not concluded if the Service names the groups, whose rules are not known", async () => {
    for (const annotations of [
      { "security-groups": "sg-1" },
      { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" },
    ])
      for (const other of [nodePort(), loadBalancer(annotations)]) {
        const { verdict } = await compared(other, loadBalancer(annotations));
        assert.equal(verdict.kind, "incomplete");
        assert.match(verdict.reasons.join(), /names security groups \(sg-1\), and no manifest tells/);
      }
  });

  it("are equivalent if only a prefix list is let in, which the own load balancer can let in as well", async () => {
    const text = loadBalancer({ "security-group-prefix-lists": "pl-1" });
    const { verdict } = await compared(nodePort(), text);
    assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
    assert.equal((await judged(text)).own?.verdict, "equivalent");
  });

  it("are not compared if what the controller makes has no model", async () => {
    await assert.rejects(
      compared(nodePort(), loadBalancer({ "multi-cluster-target-group": "true" })),
      /the model has the targets of one cluster/,
    );
  });

  const dualstack = loadBalancer({ "ip-address-type": "dualstack" });

  it("differ if only one can be reached over IPv6", async () => {
    for (const other of [nodePort(), loadBalancer()]) {
      const { verdict } = await compared(other, dualstack);
      assert.equal(verdict.kind, "different");
      assert.match(verdict.reasons.join("\n"), /ipv4.*dualstack/s);
    }
  });

  it("are equivalent if both are dual-stack, with the same ranges of both families", async () => {
    for (const [text, ranges] of [
      [dualstack, ["0.0.0.0/0", "::/0"]],
      [
        loadBalancer(
          { "ip-address-type": "dualstack" },
          "  loadBalancerSourceRanges: [10.0.0.0/8, '2001:DB8:0::1/32']",
        ),
        ["10.0.0.0/8", "2001:db8::/32"],
      ],
    ] as const) {
      const { verdict } = await compared(text, text);
      assert.deepEqual([verdict.kind, verdict.reasons], ["equivalent", []]);
      const { own } = await judged(text);
      assert.equal(own?.verdict, "equivalent");
      assert.match(own.program, /ipAddressType: "dualstack"/);
      for (const range of ranges) assert.ok(own.program.includes(`"${range}"`), own.program);
    }
  });

  it("differ in the addresses that only one chooses", async () => {
    const chosen = loadBalancer({
      "ip-address-type": "dualstack",
      "ipv6-addresses": "2001:db8:0:1::1,2001:db8:0:2::1,2001:db8:0:3::1",
    });
    const { verdict } = await compared(dualstack, chosen);
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join(), /ipv6-addresses/);
  });
});

describe("two Services of which each has a controller of its own", () => {
  it("are compared as these make them", async () => {
    const named = (controller: string) => filesCall({ file: ["a.yaml"], controller }) ?? assert.fail();
    const own = named("ccm");
    const read = (text: string, name: string) => manifestFile(text, name, own.served.cloud.controllers);
    const theirs = loadBalancer({
      type: "external",
      "nlb-target-type": "instance",
      scheme: "internet-facing",
    });
    const result = await resultOf([read(loadBalancer(), "a.yaml"), read(theirs, "b.yaml")], own);
    assert.ok(result.kind === "compared");
    const { verdict } = result.comparison;
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /cloud controller.*AWS Load Balancer Controller/);
  });
});

describe("who serves a Service of a manifest", () => {
  const cases: readonly [string, string, string, string][] = [
    ["of type nlb, in a cluster with the webhook", "lbc", loadBalancer(), "the AWS Load Balancer Controller"],
    ["of type nlb, without it", "ccm", loadBalancer(), "the AWS cloud controller manager"],
    [
      "that names the other by class",
      "ccm",
      loadBalancer({}, "  loadBalancerClass: service.k8s.aws/nlb"),
      "the AWS Load Balancer Controller",
    ],
    [
      "that names the other by annotations",
      "ccm",
      loadBalancer({ type: "external", "nlb-target-type": "instance" }),
      "the AWS Load Balancer Controller",
    ],
    [
      "of EKS Auto Mode's class",
      "lbc",
      loadBalancer({}, "  loadBalancerClass: eks.amazonaws.com/nlb"),
      "EKS Auto Mode",
    ],
  ];
  for (const [what, controller, text, title] of cases) {
    it(`is known for one ${what}`, async () => {
      const own = filesCall({ file: ["a.yaml"], controller }) ?? assert.fail();
      const result = await resultOf([manifestFile(text, "a.yaml", own.served.cloud.controllers)], own);
      assert.equal(result.kind === "judged" && result.judgement.services[0]?.controller, title);
    });
  }

  it("is a controller also for a NodePort Service whose annotations ask for it", async () => {
    const text = nodePort().replace(
      "namespace: shop }",
      "namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-type: external, service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance } }",
    );
    const service = await judged(text);
    assert.equal(service.outcome, "not modelled");
    assert.match(service.reasons.join(), /the Service's type is NodePort/);
  });
});

describe("annotations for the AWS Load Balancer Controller", () => {
  it("are no difference of their own between two Services that it serves", async () => {
    const { verdict, explanations } = await compared(
      loadBalancer({ scheme: "internal" }),
      loadBalancer({ internal: "true", "healthcheck-interval": "10" }),
    );
    assert.deepEqual(verdict.reasons, []);
    assert.ok(explanations.some(({ id }) => id === "annotations-of-the-controller"));
  });

  it("make a difference by what they ask for", async () => {
    const { verdict } = await compared(
      loadBalancer({ scheme: "internal" }),
      loadBalancer({ scheme: "internet-facing" }),
    );
    assert.equal(verdict.kind, "different");
    assert.match(verdict.reasons.join("\n"), /scheme/);
  });
});
