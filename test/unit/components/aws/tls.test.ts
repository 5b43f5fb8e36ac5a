import assert from "node:assert/strict";
import { LoadBalancerExposure, NodePortExposure } from "../../../../components/index.ts";
import type { NetworkLoadBalancerOptions, Tls } from "../../../../components/index.ts";
import type { CheckedPort } from "../../../../components/aws/healthCheck.ts";
import { regionProblems } from "../../../../components/aws/tlsProblems.ts";
import { serviceControllers } from "../../../../components/aws/serviceControllers.ts";
import { nodePortProblems } from "../../../../components/aws/restrictions.ts";
import { declare, network } from "../core/declaring.ts";

const arn = (end: string, region = "us-west-2"): string =>
  `arn:aws:acm:${region}:123456789012:certificate/aaaaaaaa-2222-3333-4444-${end}`;
const certificateArn = arn("555555555555");
const everybody: NetworkLoadBalancerOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };
const https = (tls: Partial<Tls> = {}, port: Partial<CheckedPort> = {}): CheckedPort => ({
  name: "https",
  port: 443,
  ...port,
  tls: { certificateArn, ...tls },
});

const full = {
  additionalCertificateArns: [arn("666666666666"), "arn:aws:iam::123456789012:server-certificate/old"],
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  alpnPolicy: "HTTP2Preferred",
  targetProtocol: "TLS",
} as const;

const args = { ...everybody, namespace: "shop", selector: { app: "web" } };

describe("a port that ends TLS", () => {
  const wrong: readonly (readonly [
    string,
    readonly CheckedPort[],
    RegExp,
    Partial<NetworkLoadBalancerOptions>?,
  ])[] = [
    [
      "a text that is no ARN",
      [https({ certificateArn: "*.example.com" })],
      /^ports\[0\]\.tls\.certificateArn: "\*\.example\.com" is not allowed; allowed is the ARN/,
    ],
    [
      "a list in place of an ARN",
      [https({ certificateArn: `${certificateArn},${certificateArn}` })],
      /^ports\[0\]\.tls\.certificateArn: .* is not allowed/,
    ],
    [
      "an ARN of something else",
      [https({ additionalCertificateArns: ["arn:aws:iam::123456789012:role/web"] })],
      /^ports\[0\]\.tls\.additionalCertificateArns\[0\]: /,
    ],
    [
      "certificates of two regions",
      [https({ additionalCertificateArns: [arn("666666666666", "eu-central-1")] })],
      /^ports\[0\]\.tls\.additionalCertificateArns\[0\]: .* is in eu-central-1, and ports\[0\]\.tls\.certificateArn is in us-west-2; .*request or import it there$/,
    ],
    [
      "one certificate twice",
      [https({ additionalCertificateArns: [certificateArn] })],
      /^ports\[0\]\.tls\.additionalCertificateArns\[0\]: .* is already the value of ports\[0\]\.tls\.certificateArn/,
    ],
    [
      "a policy of another kind",
      [https({ sslPolicy: "TLSv1.2" })],
      /^ports\[0\]\.tls\.sslPolicy: "TLSv1\.2" is not allowed; .* describe-ssl-policies/,
    ],
    [
      "an ALPN protocol in place of a policy",
      [https({ alpnPolicy: "h2" as "None" })],
      /^ports\[0\]\.tls\.alpnPolicy: "h2" is not allowed; allowed are None, HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred$/,
    ],
    [
      "HTTPS to the targets",
      [https({ targetProtocol: "HTTPS" as "TLS" })],
      /^ports\[0\]\.tls\.targetProtocol: "HTTPS" is not allowed; allowed are TCP, TLS$/,
    ],
    [
      "UDP",
      [https({}, { protocol: "UDP", healthCheck: { port: 10256 } })],
      /^ports\[0\]\.tls: it is not allowed for the UDP port "https"/,
    ],
    [
      "UDP on the same number",
      [https(), { name: "quic", port: 443, protocol: "UDP" }],
      /^ports\[0\]\.tls: it is not allowed: "quic" has the same number \(443\)/,
    ],
    [
      "sticky sessions",
      [https()],
      /^stickiness: source_ip is not allowed with the TLS port "https"/,
      { stickiness: "source_ip" },
    ],
    [
      "an idle time-out for no other port",
      [https()],
      /^tcpIdleTimeoutSeconds: 60 cannot be set: no listener is for TCP alone/,
      { tcpIdleTimeoutSeconds: 60 },
    ],
  ];
  for (const [what, ports, problem, options] of wrong) {
    it(`is refused with ${what}, for one reason`, () => {
      const found = nodePortProblems({ ...everybody, ...options }, ports);
      assert.deepEqual(found.length, 1, JSON.stringify(found));
      assert.match(`${found[0]?.propertyPath ?? ""}: ${found[0]?.reason ?? ""}`, problem);
    });
  }

  it("takes everything that AWS takes", () => {
    assert.deepEqual(nodePortProblems(everybody, [https(full), { name: "http", port: 80 }]), []);
  });

  it("is refused with a certificate of another region than the load balancer's zones", () => {
    const found = (zone: string) =>
      regionProblems([https(full)], [zone]).map(({ propertyPath }) => propertyPath);
    assert.deepEqual(found("us-west-2a"), []);
    assert.deepEqual(found("us-west-2-lax-1a"), []);
    assert.deepEqual(found("eu-central-1a"), [
      "ports[0].tls.certificateArn",
      "ports[0].tls.additionalCertificateArns[0]",
    ]);
  });

  it("is a TLS listener with all certificates, and a group for the targets' protocol", async () => {
    const ports = [{ name: "https", port: 443, appProtocol: "http", tls: { certificateArn, ...full } }];
    const { resources } = await declare(() => new NodePortExposure("web", { ...args, ports, network }), {
      preview: false,
    });
    const inputsOf = (type: string) =>
      resources
        .filter((each) => each.type.endsWith(`:${type}`))
        .map(({ name, inputs }) => ({ name, ...inputs }));
    const [listener] = inputsOf("Listener");
    assert.deepEqual(
      { ...listener, loadBalancerArn: 0, defaultActions: 0 },
      {
        name: "web-443",
        port: 443,
        protocol: "TLS",
        certificateArn,
        sslPolicy: full.sslPolicy,
        alpnPolicy: full.alpnPolicy,
        loadBalancerArn: 0,
        defaultActions: 0,
      },
    );
    assert.deepEqual(
      inputsOf("ListenerCertificate").map((each) => [
        each.name,
        (each as { certificateArn?: string }).certificateArn,
      ]),
      [
        ["web-443-aaaaaaaa-2222-3333-4444-666666666666", full.additionalCertificateArns[0]],
        ["web-443-old", full.additionalCertificateArns[1]],
      ],
    );
    assert.deepEqual(
      inputsOf("TargetGroup").map((each) => (each as { protocol?: string }).protocol),
      ["TLS"],
    );
  });

  it("names AWS's own policy, so that a policy that is removed has an effect", async () => {
    const ports = [https()];
    const { resources } = await declare(() => new NodePortExposure("web", { ...args, ports, network }), {
      preview: false,
    });
    const listener = resources.find(({ type }) => type.endsWith(":Listener"));
    assert.equal(listener?.inputs.sslPolicy, "ELBSecurityPolicy-2016-08");
    assert.ok(!("alpnPolicy" in listener.inputs));
  });

  it("has a URL by HTTPS if the pods answer HTTP", async () => {
    const ports = [https({}, { name: "web" })].map((port) => ({ ...port, appProtocol: "http" }));
    let url = "";
    await declare(
      () => {
        const exposure = new LoadBalancerExposure("web", { ...args, ports });
        exposure.url.apply((value) => (url = value));
      },
      { preview: false },
    );
    assert.match(url, /^https:\/\/[^:]+$/);
  });
});

describe("TLS by annotations", () => {
  const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
  const plain: CheckedPort = { name: "http", port: 80 };
  const of = (name: keyof typeof serviceControllers, ports: readonly CheckedPort[]) => {
    const annotations = serviceControllers[name].annotations(everybody, ports);
    return Object.fromEntries(
      Object.entries(annotations)
        .filter(([key]) => /ssl|backend|alpn|listener-attributes/.test(key))
        .map(([key, value]) => [key.slice(prefix.length), value]),
    );
  };
  const problemsOf = (name: keyof typeof serviceControllers, ports: readonly CheckedPort[]) =>
    serviceControllers[name].problems(everybody, ports).map(({ propertyPath }) => propertyPath);

  it("has none without TLS", () => {
    assert.deepEqual(of("aws-cloud-controller-manager", [plain]), {});
  });

  it("names the ports that end TLS, and no defaults", () => {
    for (const name of ["aws-cloud-controller-manager", "aws-load-balancer-controller"] as const) {
      const ports = [plain, https(), https({}, { name: "other", port: 8443 })];
      assert.deepEqual(problemsOf(name, ports), []);
      assert.deepEqual(of(name, ports), { "ssl-cert": certificateArn, "ssl-ports": "443,8443" });
    }
  });

  it("has everything for the AWS Load Balancer Controller", () => {
    assert.deepEqual(of("aws-load-balancer-controller", [https(full)]), {
      "ssl-cert": [certificateArn, ...full.additionalCertificateArns].join(","),
      "ssl-ports": "443",
      "ssl-negotiation-policy": full.sslPolicy,
      "alpn-policy": full.alpnPolicy,
      "backend-protocol": "ssl",
    });
  });

  it("is refused by the AWS cloud controller manager for what it never sends", () => {
    assert.deepEqual(problemsOf("aws-cloud-controller-manager", [https(full)]), [
      "ports[0].tls.additionalCertificateArns",
      "ports[0].tls.alpnPolicy",
    ]);
  });

  it("is refused for ports that differ, and not for those that name a default", () => {
    for (const name of ["aws-cloud-controller-manager", "aws-load-balancer-controller"] as const) {
      const other = { name: "other", port: 8443 };
      assert.deepEqual(problemsOf(name, [https(), https({ targetProtocol: "TLS" }, other)]), [
        "ports[1].tls",
      ]);
      assert.deepEqual(problemsOf(name, [https(), https({ certificateArn: arn("7") }, other)]), [
        "ports[1].tls",
      ]);
      assert.deepEqual(
        problemsOf(name, [https(), https({ sslPolicy: "ELBSecurityPolicy-2016-08" }, other)]),
        [],
      );
    }
  });

  it("has no listener attributes of TCP for a TLS port", () => {
    const name = "aws-load-balancer-controller";
    const annotations = serviceControllers[name].annotations({ ...everybody, tcpIdleTimeoutSeconds: 60 }, [
      plain,
      https(),
    ]);
    assert.deepEqual(
      Object.keys(annotations).filter((key) => key.includes("listener-attributes")),
      [`${prefix}listener-attributes.TCP-80`],
    );
  });
});
