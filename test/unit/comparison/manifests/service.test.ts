import assert from "node:assert/strict";
import { later, laterForHealthChecks } from "../../../../comparison/model/later.ts";
import { factsIn, loadBalancer, nodePort, problemsIn, servicesIn } from "./manifests.ts";

const service = (spec: string, metadata = "name: web"): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: ${spec}\n`;

describe("a Service of a manifest", () => {
  it("has the API server's defaults", () => {
    const { namespace, ports, ...facts } = factsIn(service("{ type: LoadBalancer, ports: [{ port: 80 }] }"));
    assert.equal(namespace, "default");
    assert.deepEqual(ports, [{ name: "", protocol: "TCP", port: 80, targetPort: 80, nodePort: later }]);
    assert.deepEqual(
      [facts.sessionAffinity, facts.externalTrafficPolicy, facts.internalTrafficPolicy, facts.ipFamilyPolicy],
      ["None", "Cluster", "Cluster", "SingleStack"],
    );
    assert.equal(facts.allocateLoadBalancerNodePorts, true);
    assert.deepEqual(facts.ipFamilies, ["IPv4"]);
  });

  it("has no node port if it asks for none", () => {
    const facts = factsIn(loadBalancer({}, "  allocateLoadBalancerNodePorts: false"));
    assert.equal("nodePort" in (facts.ports[0] ?? {}), false);
  });

  it("has a health-check node port that the cluster allocates under policy Local", () => {
    assert.equal(
      factsIn(loadBalancer({}, "  externalTrafficPolicy: Local")).healthCheckNodePort,
      laterForHealthChecks,
    );
    assert.equal(factsIn(nodePort("  externalTrafficPolicy: Local")).healthCheckNodePort, undefined);
  });

  it("keeps what kubectl get shows of a living one", () => {
    const living = service(
      "{ type: NodePort, clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], ports: [{ port: 80, nodePort: 30080, targetPort: 80, protocol: TCP }] }",
      "name: web, uid: 126f6206-d989-46c8-968d-32088723ea51, creationTimestamp: '2026-11-29T10:00:00Z', managedFields: [{ manager: kubectl }]",
    );
    const facts = factsIn(`${living}status: { loadBalancer: {} }\n`);
    assert.equal(facts.identity.id, "126f6206-d989-46c8-968d-32088723ea51");
    assert.equal(facts.ports[0]?.nodePort, 30080);
    assert.deepEqual(facts.clusterIPs, [later]);
  });

  it("shares a node port between TCP and UDP of one port, as the API server does", () => {
    const facts = factsIn(
      service(
        "{ type: NodePort, ports: [{ name: a, port: 53, protocol: UDP, nodePort: 30053 }, { name: b, port: 53 }] }",
      ),
    );
    assert.deepEqual(
      facts.ports.map((port) => port.nodePort),
      [30053, 30053],
    );
  });

  it("has the families of its addresses, and both if it demands both", () => {
    const familiesOf = (spec: string): readonly string[] =>
      factsIn(service(`{ ${spec}, ports: [{ port: 80 }] }`)).ipFamilies;
    assert.deepEqual(familiesOf("clusterIP: '2001:db8::5'"), ["IPv6"]);
    assert.deepEqual(familiesOf("ipFamilyPolicy: RequireDualStack"), ["IPv4", "IPv6"]);
    assert.deepEqual(familiesOf("ipFamilyPolicy: PreferDualStack"), ["IPv4"]);
  });

  it("has no settings of an affinity that it does not have", () => {
    const spec = "{ ports: [{ port: 80 }], sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }";
    assert.equal("sessionAffinitySeconds" in factsIn(service(spec)), false);
  });

  it("takes leading zeros in addresses", () => {
    const spec =
      "{ type: LoadBalancer, ports: [{ port: 80 }], loadBalancerSourceRanges: ['010.0.0.0/08'], externalIPs: [010.1.1.1] }";
    assert.deepEqual(factsIn(service(spec)).externalIPs, ["010.1.1.1"]);
  });

  it("takes null and empty texts for values that are not set", () => {
    const facts = factsIn(
      service(
        "{ type: LoadBalancer, loadBalancerIP: '', clusterIP: null, ports: [{ port: 80, nodePort: null, targetPort: '' }] }",
      ),
    );
    assert.equal(facts.ports[0]?.targetPort, 80);
    assert.equal("loadBalancerIP" in facts, false);
  });
});

/** Of a Service with this specification: what the API server says, without the place. */
const refusals = (spec: string, metadata?: string): string[] =>
  problemsIn(service(spec, metadata)).map((reason) =>
    reason.replace(/^a\.yaml, document 1(, line \d+)?: /, ""),
  );

describe("the API server's refusal of a manifest", () => {
  it("names file, document, line and field", () => {
    assert.deepEqual(problemsIn(`kind: A\n---\n${nodePort("  healthCheckNodePort: 32001")}`), [
      "a.yaml, document 2, line 10: spec.healthCheckNodePort: Invalid value: 32001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
  });

  it("repeats a name that YAML does not read as text as the file has it", () => {
    const [reason] = problemsIn(service("{ ports: [{ port: 80 }] }", "name: n"));
    assert.match(reason ?? "", /cannot unmarshal bool .*; write it in quotes: "n"$/);
  });

  it("names the Service of the same file that has the node port", () => {
    const fixed = (name: string, port: string): string =>
      service(`{ type: NodePort, ports: [{ port: 80, nodePort: 30080${port} }] }`, `name: ${name}`);
    const [first, second] = servicesIn([fixed("one", ""), fixed("two", ", protocol: UDP")].join("---\n"));
    assert.equal(first?.kind, "valid");
    assert.deepEqual(second?.kind === "invalid" ? second.service.reasons : [], [
      "a.yaml, document 2: node port 30080: provided port is already allocated to default/one; choose another",
    ]);
  });

  it("names an annotation that is no text", () => {
    const text = loadBalancer().replace('"nlb"', "nlb\n    example.com/on: true");
    assert.deepEqual(problemsIn(text), [
      'a.yaml, document 1, line 8: metadata.annotations[example.com/on]: cannot unmarshal bool into Go struct field ObjectMeta.metadata.annotations of type string; write it in quotes: "true"',
    ]);
  });

  const cases: readonly (readonly [what: string, spec: string, reasons: readonly string[]])[] = [
    ["an unknown field", "{ prots: [] }", ['spec.prots: strict decoding error: unknown field "spec.prots"']],
    [
      "a number in quotes",
      "{ ports: [{ port: '80' }] }",
      [
        "spec.ports[0].port: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32; write it without quotes: 80",
      ],
    ],
    ["no ports", "{ type: NodePort }", ["spec.ports: Required value"]],
    [
      "a port out of range",
      "{ ports: [{ port: 0, targetPort: 80 }] }",
      ["spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive"],
    ],
    [
      "two ports without names",
      "{ ports: [{ port: 1, name: a }, { port: 2 }] }",
      ["spec.ports[1].name: Required value"],
    ],
    [
      "a port twice",
      "{ ports: [{ port: 1, name: a }, { port: 1, name: b }] }",
      ['spec.ports[1]: Duplicate value: {"protocol":"TCP","port":1}'],
    ],
    [
      "a node port out of range",
      "{ type: NodePort, ports: [{ port: 1, nodePort: 80 }] }",
      [
        "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
      ],
    ],
    [
      "source ranges of another type",
      "{ type: NodePort, ports: [{ port: 1 }], loadBalancerSourceRanges: [10.0.0.0/8] }",
      ["spec.loadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"],
    ],
    [
      "a source range that is none",
      "{ type: LoadBalancer, ports: [{ port: 1 }], loadBalancerSourceRanges: [10.0.0.1] }",
      [
        'spec.loadBalancerSourceRanges[0]: Invalid value: "10.0.0.1": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64); for this one address, write 10.0.0.1/32',
      ],
    ],
    [
      "a field whose name has another form",
      "{ ports: [{ port: 1, targetport: 2 }] }",
      [
        'spec.ports[0].targetport: strict decoding error: unknown field "spec.ports[0].targetport"; use targetPort',
      ],
    ],
    [
      "a list that is a text",
      "{ type: LoadBalancer, ports: [{ port: 1 }], loadBalancerSourceRanges: '10.0.0.0/8' }",
      [
        "spec.loadBalancerSourceRanges: cannot unmarshal string into Go struct field ServiceSpec.spec.loadBalancerSourceRanges of type []string",
      ],
    ],
    [
      "a selector of another kind of object",
      "{ ports: [{ port: 1 }], selector: { matchLabels: { app: a } } }",
      [
        "spec.selector.matchLabels: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string",
      ],
    ],
    [
      "a Service with a load balancer and without a cluster IP",
      "{ type: LoadBalancer, clusterIP: None, ports: [{ port: 1 }] }",
      ["spec.clusterIP: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services"],
    ],
    [
      "a node port of another port",
      "{ type: NodePort, ports: [{ name: a, port: 1, nodePort: 30001 }, { name: b, port: 2, protocol: UDP, nodePort: 30001 }] }",
      ["spec.ports[1].nodePort: Invalid value: 30001: provided port is already allocated"],
    ],
    [
      "a health-check node port that is a node port",
      "{ type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30001, ports: [{ port: 1, nodePort: 30001 }] }",
      [
        "spec.healthCheckNodePort: failed to allocate requested HealthCheck NodePort 30001: provided port is already allocated",
      ],
    ],
    [
      "an application protocol that is no name",
      "{ ports: [{ port: 1, appProtocol: 'http 2' }] }",
      [
        "spec.ports[0].appProtocol: Invalid value: \"http 2\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      ],
    ],
    [
      "a selector that is no label",
      "{ ports: [{ port: 1 }], selector: { app: 'my app' } }",
      [
        "spec.selector: Invalid value: \"my app\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      ],
    ],
    [
      "a class that is no name",
      "{ type: LoadBalancer, ports: [{ port: 1 }], loadBalancerClass: a/b/c }",
      [
        "spec.loadBalancerClass: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
      ],
    ],
    [
      "an external name that is a URL",
      "{ type: ExternalName, externalName: 'https://example.com' }",
      [
        "spec.externalName: Invalid value: \"https://example.com\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      ],
    ],
    [
      "a family twice",
      "{ ports: [{ port: 1 }], ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv4] }",
      ['spec.ipFamilies[1]: Duplicate value: "IPv4"'],
    ],
    [
      "an external address for many",
      "{ ports: [{ port: 1 }], externalIPs: [224.0.0.9] }",
      [
        'spec.externalIPs[0]: Invalid value: "224.0.0.9": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
      ],
    ],
    [
      "a word that the field does not take",
      "{ type: Loadbalancer, ports: [{ port: 1 }] }",
      [
        'spec.type: Unsupported value: "Loadbalancer": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      "a policy of Services that clients outside reach",
      "{ ports: [{ port: 1 }], externalTrafficPolicy: Local }",
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      ],
    ],
    [
      "a target port that is a number in quotes",
      "{ ports: [{ port: 1, targetPort: '8080' }] }",
      ['spec.ports[0].targetPort: Invalid value: "8080": must contain at least one letter (a-z)'],
    ],
  ];
  for (const [what, spec, reasons] of cases)
    it(`names ${what}`, () => assert.deepEqual(refusals(spec), reasons));

  it("names a name that is missing or not allowed", () => {
    const spec = "{ ports: [{ port: 1 }] }";
    assert.deepEqual(refusals(spec, ""), ["metadata.name: Required value: name or generateName is required"]);
    assert.match(refusals(spec, "name: 1web").join(), /^metadata\.name: cannot unmarshal|DNS-1035/);
    assert.match(
      refusals(spec, "name: Web").join(),
      /^metadata\.name: Invalid value: "Web": a DNS-1035 label must consist/,
    );
  });
});
