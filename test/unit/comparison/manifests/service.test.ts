import assert from "node:assert/strict";
import { later, laterForHealthChecks } from "../../../../comparison/model/later.ts";
import { factsIn, loadBalancer, nodePort, problemsIn } from "./manifests.ts";

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
    assert.deepEqual(facts.clusterIPs, ["10.0.0.7"]);
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
        "spec.ports[0].port: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
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
        'spec.loadBalancerSourceRanges[0]: Invalid value: "10.0.0.1": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
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
