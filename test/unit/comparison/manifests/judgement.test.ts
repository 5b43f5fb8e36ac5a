import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { markdownJudgement } from "../../../../comparison/report/markdownJudgement.ts";
import { terminalJudgement } from "../../../../comparison/report/terminal/judgement.ts";
import { jsonJudgement } from "../../../../comparison/report/judgement.ts";
import { judgementDocument } from "../../../../comparison/result/schema.ts";
import { judged, loadBalancer, nodePort, onlyJudged } from "./manifests.ts";

const valueOf = ({ values }: Awaited<ReturnType<typeof onlyJudged>>, title: string): string | undefined =>
  values.find((row) => row.title === title)?.value;

const certificate = "arn:aws:acm:us-west-2:000000000000:certificate/11111111-2222-3333-4444-555555555555";

describe("the judgement of a manifest", () => {
  it("says what the controller makes", async () => {
    const service = await onlyJudged(loadBalancer({ internal: "true" }));
    assert.equal(service.outcome, "made");
    assert.equal(valueOf(service, "Network Load Balancer"), "internal, ipv4, in 3 zones");
    assert.equal(valueOf(service, "port 80"), "TCP, to the node port by TCP, 3 targets of type instance");
    assert.equal(
      valueOf(service, "port 80: health check"),
      "TCP at the node port, every 30 s, time-out 10 s, healthy after 3, unhealthy after 3",
    );
  });

  it("finds the component equivalent with the arguments that it prints", async () => {
    const { own } = await onlyJudged(
      loadBalancer(
        {
          internal: "true",
          "cross-zone-load-balancing-enabled": "true",
          "target-group-attributes": "preserve_client_ip.enabled=false",
          "healthcheck-protocol": "HTTP",
          "healthcheck-path": "/ready",
          "healthcheck-interval": "10",
          subnets: "subnet-b, subnet-a",
        },
        "  loadBalancerSourceRanges: [10.0.0.0/8]",
      ),
    );
    assert.deepEqual([own?.verdict, own?.reasons], ["equivalent", []]);
    assert.deepEqual(own?.arguments, {
      namespace: "shop",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
      loadBalancerSourceRanges: ["10.0.0.0/8"],
      scheme: "internal",
      subnetIds: ["subnet-b", "subnet-a"],
      crossZoneLoadBalancing: true,
      preserveClientIp: false,
      healthCheck: { protocol: "HTTP", path: "/ready", intervalSeconds: 10 },
    });
  });

  it("names what the component has no option for, once each", async () => {
    const { own } = await onlyJudged(
      loadBalancer({ "ssl-cert": certificate }, "  internalTrafficPolicy: Local"),
    );
    assert.equal(own?.verdict, "different");
    assert.deepEqual(own.reasons, [
      "traffic policies: external Cluster, internal Local for this Service, external Cluster, internal Cluster with NodePortExposure",
    ]);
  });

  it("has TLS as the controller makes it", async () => {
    const policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
    const { own } = await onlyJudged(
      loadBalancer({
        "ssl-cert": certificate,
        "ssl-negotiation-policy": policy,
        "backend-protocol": "ssl",
      }),
    );
    assert.deepEqual([own?.verdict, own?.reasons], ["equivalent", []]);
    assert.deepEqual(own?.arguments.ports, [
      {
        name: "http",
        port: 80,
        targetPort: 8080,
        tls: { certificateArn: certificate, sslPolicy: policy, targetProtocol: "TLS" },
      },
    ]);
  });

  it("prints a check that a UDP port can pass, and says so", async () => {
    const { notes, own } = await onlyJudged(
      loadBalancer().replace("{ name: http, port: 80, targetPort: 8080 }", "{ port: 53, protocol: UDP }"),
    );
    assert.match(notes.join(), /^No target is ever healthy: the health check by TCP goes to a UDP node port/);
    assert.equal(own?.verdict, "different");
    assert.match(
      own.reasons.join(),
      /^port 53: health check: TCP at the node port, .* HTTP \/healthz at port 10256 of the nodes/,
    );
  });

  it("takes a Service that kubectl get shows for the same as one that is not made yet", async () => {
    const living = loadBalancer({}, "  clusterIP: 10.100.7.8\n  clusterIPs: [10.100.7.8]");
    const fixed = living.replace("targetPort: 8080", "targetPort: 8080, nodePort: 31234");
    const { own, values } = await onlyJudged(fixed);
    assert.deepEqual([own?.verdict, own?.reasons], ["equivalent", []]);
    assert.match(values.map(({ value }) => value).join(), /to node port 31234 by TCP/);
  });

  it("takes source ranges as controllers read them", async () => {
    const spec = "  loadBalancerSourceRanges: [' 203.0.113.7/24', 203.0.113.0/24, 010.0.0.1/32]";
    const { own } = await onlyJudged(loadBalancer({}, spec));
    assert.deepEqual([own?.verdict, own?.reasons], ["equivalent", []]);
    assert.deepEqual(own?.arguments.loadBalancerSourceRanges, ["10.0.0.1/32", "203.0.113.0/24"]);
  });

  it("assumes the subnets that an annotation names by their tag, and addresses in them", async () => {
    const { outcome, reasons } = await onlyJudged(
      loadBalancer({
        internal: "true",
        subnets: "private-a,private-b",
        "private-ipv4-addresses": "172.31.4.9,172.31.80.9",
      }),
    );
    assert.deepEqual([outcome, reasons], ["made", []]);
  });

  it("says of annotations only what the controller that serves the Service says", async () => {
    const { outcome, withoutEffect } = await onlyJudged(
      loadBalancer({
        type: "external",
        "nlb-target-type": "instance",
        scheme: "internal",
        "connection-draining-enabled": "true",
      }),
    );
    assert.equal(outcome, "made");
    assert.deepEqual(
      withoutEffect.map(({ name }) => name.split("aws-load-balancer-")[1]),
      ["connection-draining-enabled"],
    );
  });

  const notes: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    [
      "a check that does not ask for pods under the policy Local",
      loadBalancer(
        { "healthcheck-port": "10256", "healthcheck-protocol": "http", "healthcheck-path": "/healthz" },
        "  externalTrafficPolicy: Local",
      ),
      /health check goes to port 10256, .* its traffic is lost/,
    ],
    [
      "a check at kube-proxy's port that kube-proxy does not answer",
      loadBalancer({ "healthcheck-port": "10256", "healthcheck-protocol": "http" }),
      /^No target is ever healthy: at port 10256 kube-proxy answers HTTP \/healthz and \/livez only, and the health check asks for HTTP \/\./,
    ],
    [
      "a check over TLS at kube-proxy's port",
      loadBalancer({
        "healthcheck-port": "10256",
        "healthcheck-protocol": "https",
        "healthcheck-path": "/healthz",
      }),
      /the health check asks for HTTPS \/healthz/,
    ],
    [
      "a check at the number of a UDP node port",
      loadBalancer({ "healthcheck-port": "30053" }).replace(
        "ports: [{ name: http, port: 80, targetPort: 8080 }]",
        "ports: [{ name: dns, port: 53, protocol: UDP, nodePort: 30053 }]",
      ),
      /the health check by TCP goes to the UDP node port 30053, which answers no connection/,
    ],
    [
      "only that, where it would not tell of pods either",
      loadBalancer(
        { "healthcheck-port": "10256", "healthcheck-protocol": "http", "healthcheck-path": "/" },
        "  externalTrafficPolicy: Local",
      ),
      /^No target is ever healthy: [^,]*, and the health check asks for HTTP \/\. The load balancer then sends traffic to all targets\. Set [^,]*$/,
    ],
    [
      "a Service without IPv4",
      loadBalancer({}, "  ipFamilies: [IPv6]"),
      /No target is ever healthy: .* only IPv6/,
    ],
    [
      "a port without a node port beside one that names its own",
      loadBalancer({}, "  allocateLoadBalancerNodePorts: false").replace(
        "ports: [{ name: http, port: 80, targetPort: 8080 }]",
        "ports: [{ name: http, port: 80, nodePort: 30080 }, { name: https, port: 443 }]",
      ),
      /^Port 443 has no listener, .* it has no node port/,
    ],
    [
      "source ranges that keep nobody out, where nodes see the load balancer's addresses",
      loadBalancer(
        { "target-group-attributes": "preserve_client_ip.enabled=false" },
        "  loadBalancerSourceRanges: [203.0.113.0/24]",
      ),
      /whoever reaches the load balancer is answered, whatever loadBalancerSourceRanges says/,
    ],
    [
      "that nodes admit no request, where they see the load balancer's addresses and are checked elsewhere",
      loadBalancer(
        { "target-group-attributes": "preserve_client_ip.enabled=false" },
        "  loadBalancerSourceRanges: [203.0.113.0/24]\n  externalTrafficPolicy: Local",
      ),
      /no request is answered unless these have the load balancer's subnets/,
    ],
    ["a Service without a selector", loadBalancer().replace("selector: { app: web }", ""), /has no selector/],
  ];
  for (const [what, text, says] of notes) {
    it(`notes ${what}`, async () => {
      const { notes: found } = await onlyJudged(text);
      assert.match(found.join(), says);
    });
  }

  it("notes nothing of a check that kube-proxy answers", async () => {
    const answered = { "healthcheck-port": "10256", "healthcheck-protocol": "http" };
    for (const path of ["/healthz", "/livez"]) {
      const { notes: found } = await onlyJudged(loadBalancer({ ...answered, "healthcheck-path": path }));
      assert.deepEqual(found, []);
    }
    assert.deepEqual((await onlyJudged(loadBalancer({ "healthcheck-port": "10256" }))).notes, []);
  });

  it("has no target where it asks for a label that no node can have, and says so", async () => {
    const { values, withoutEffect } = await onlyJudged(
      loadBalancer({ "target-node-labels": "pool=web,zone in (a),a = b" }),
    );
    assert.ok(values.some(({ value }) => value.includes("0 targets of type instance")));
    assert.deepEqual(
      withoutEffect.map(({ why, gets }) => [why, gets]),
      [['"zone in (a)", "a = b" is no label, so no node has it', "the load balancer has no target"]],
    );
    const { withoutEffect: none } = await onlyJudged(
      loadBalancer({ "target-node-labels": "pool=web,topology.kubernetes.io/zone=us-west-2a,spot=" }),
    );
    assert.deepEqual(none, []);
  });

  it("gives the reasons of the component's refusal", async () => {
    const { own } = await onlyJudged(nodePort().replace("port: 80", "port: 80, protocol: SCTP"));
    assert.equal(own?.verdict, "refused");
  });

  it("gives the controller's reason for a refusal, and nothing else", async () => {
    const { verdict, services, firewall } = await judged(loadBalancer({}, "  sessionAffinity: ClientIP"));
    assert.equal(verdict.kind, "refused");
    assert.deepEqual(
      services.map(({ outcome, reasons, own, values }) => ({ outcome, reasons, own, values })),
      [
        {
          outcome: "refused",
          reasons: ["sessionAffinity is ClientIP; allowed is None"],
          own: null,
          values: [],
        },
      ],
    );
    assert.equal(firewall.needed, 0);
  });

  it("gives the reason that the controller meets first, and apart from it what it would refuse next", async () => {
    const judgement = await judged(
      loadBalancer({}, "  sessionAffinity: ClientIP\n  loadBalancerIP: 192.0.2.1"),
    );
    const [{ reasons, andThen } = assert.fail()] = judgement.services;
    assert.deepEqual(reasons, ["sessionAffinity is ClientIP; allowed is None"]);
    assert.equal(andThen.length, 1);
    assert.match(andThen[0] ?? "", /^loadBalancerIP is 192\.0\.2\.1/);
    for (const text of [
      terminalJudgement(judgement, { colour: false, columns: 200 }),
      markdownJudgement(judgement),
    ])
      assert.match(
        text,
        /refuses it:\s+- sessionAffinity is ClientIP; allowed is None\s+Once that is mended, it refuses next:\s+- loadBalancerIP is 192/,
      );
  });

  it("says in one clause for each kind what becomes of Services without a prediction", async () => {
    const refused = loadBalancer({}, "  sessionAffinity: ClientIP");
    const automatic = loadBalancer({}, "  loadBalancerClass: eks.amazonaws.com/nlb");
    const sentence = async (...manifests: readonly string[]): Promise<string> => {
      const named = manifests.map((text, index) => text.replace("name: web", `name: web-${index}`));
      const { verdict } = await judged(named.join("---\n"));
      assert.equal(verdict.kind, "refused");
      return verdict.sentence;
    };
    assert.equal(await sentence(refused), "1 of 1 Service is refused.");
    assert.equal(await sentence(automatic), "1 of 1 Service is not predicted.");
    assert.equal(
      await sentence(refused, automatic, refused, loadBalancer()),
      "2 of 4 Services are refused, 1 is not predicted.",
    );
  });

  it("names a Service with generateName as a person would", async () => {
    const { service, values } = await onlyJudged(
      loadBalancer().replace(/^( *)name: .+$/m, "$1generateName: web-"),
    );
    assert.match(service, /\/web-\(generated\)$/);
    assert.doesNotMatch(JSON.stringify(values), /generated/);
  });

  it("says what the component makes for a NodePort Service, and keeps its node ports", async () => {
    const { outcome, own } = await onlyJudged(nodePort().replace("8080", "8080, nodePort: 30080"));
    assert.equal(outcome, "own");
    assert.equal(own?.verdict, "equivalent");
    assert.deepEqual(own.arguments.ports, [{ name: "http", port: 80, targetPort: 8080, nodePort: 30080 }]);
  });

  it("judges as many nodes and subnets as it is given", async () => {
    const service = await onlyJudged(loadBalancer(), { nodes: 5, subnets: 2 });
    assert.equal(valueOf(service, "Network Load Balancer"), "internet-facing, ipv4, in 2 zones");
    assert.match(valueOf(service, "port 80") ?? "", /5 targets/);
  });

  it("assumes as many subnets as there are addresses for", async () => {
    const service = await onlyJudged(loadBalancer({ "eip-allocations": "eipalloc-1,eipalloc-2" }));
    assert.equal(service.outcome, "made");
    assert.equal(valueOf(service, "Network Load Balancer"), "internet-facing, ipv4, in 2 zones");
  });

  it("counts the rules of all Services together, those that they share once", async () => {
    const { firewall } = await judged(
      `${loadBalancer()}---\n${nodePort().replace("name: web", "name: two")}`,
    );
    assert.equal(firewall.needed, 3);
  });

  it("refuses more rules than the group takes", async () => {
    const ranges = Array.from({ length: 31 }, (_, index) => `100.64.${index}.0/24`).join(", ");
    const { verdict } = await judged(loadBalancer({}, `  loadBalancerSourceRanges: [${ranges}]`));
    assert.equal(verdict.kind, "refused");
    assert.match(
      verdict.sentence,
      /1 Service needs \d+ rules in the nodes' security group; AWS allows 60 unless the quota was raised\.$/,
    );
  });
});

describe("docs/judgement.schema.json", () => {
  const committed = readFileSync("docs/judgement.schema.json", "utf8");

  it("is up to date: run npm run schema", () => {
    assert.equal(committed, judgementDocument());
  });

  it("describes a judgement as JSON", async () => {
    const judgement = await judged(
      `${loadBalancer()}---\n${nodePort("  type: ClusterIP")}`.replace("  type: NodePort\n", ""),
    );
    const read: unknown = JSON.parse(jsonJudgement(judgement));
    const validate = new Ajv({ strict: true }).compile(JSON.parse(committed) as object);
    assert.deepEqual(read, judgement);
    assert(validate(read), JSON.stringify(validate.errors));
  });
});
