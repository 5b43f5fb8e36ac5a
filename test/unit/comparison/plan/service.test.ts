import assert from "node:assert/strict";
import { later, laterForHealthChecks } from "../../../../comparison/model/later.ts";
import { facts, planned } from "./planned.ts";

const urn = (exposure: string, name: string): string =>
  `urn:pulumi:test::nodeport-vs-loadbalancer::exposure:index:${exposure}$kubernetes:core/v1:Service::${name}`;

/** What both Services of the program have as the API server will store it. */
const alike = {
  owner: "program",
  selector: { "app.kubernetes.io/name": "echo" },
  clusterIPs: [later],
  ipFamilies: ["IPv4"],
  ipFamilyPolicy: "SingleStack",
  externalIPs: [],
  ports: [
    { name: "http", protocol: "TCP", appProtocol: "http", port: 80, targetPort: "http", nodePort: later },
  ],
  externalTrafficPolicy: "Cluster",
  internalTrafficPolicy: "Cluster",
  sessionAffinity: "None",
  publishNotReadyAddresses: false,
};

describe("a planned Service", () => {
  it("of type NodePort has every default of the Kubernetes API", async () => {
    const { left } = await planned();
    assert.deepEqual(facts(left.service), {
      ...alike,
      identity: { name: "nodeport", id: urn("NodePortExposure", "nodeport") },
      namespace: "nodeport",
      type: "NodePort",
      loadBalancerSourceRanges: [],
      ingress: [],
      finalizers: [],
      annotations: {},
    });
  });

  it("of type LoadBalancer also has what the cloud controller manager will write into it", async () => {
    const { right } = await planned();
    assert.deepEqual(facts(right.service), {
      ...alike,
      identity: { name: "loadbalancer", id: urn("LoadBalancerExposure", "loadbalancer") },
      namespace: "loadbalancer",
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: true,
      loadBalancerSourceRanges: ["0.0.0.0/0"],
      ingress: [later],
      finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true",
      },
    });
  });

  it("has the node ports of the configuration", async () => {
    const { left, right } = await planned({
      config: {
        ports:
          '[{"name":"http","port":80,"nodePorts":{"nodePort":30080}},{"name":"alt","port":8080,"nodePorts":{"loadBalancer":30081}}]',
      },
    });
    const nodePorts = [left, right].map(({ service }) =>
      facts(service).ports.map(({ nodePort }) => nodePort),
    );
    assert.deepEqual(nodePorts, [
      [30080, later],
      [later, 30081],
    ]);
  });

  it("has a port for kube-proxy's health check only with policy Local and type LoadBalancer", async () => {
    const { left, right } = await planned({ config: { externalTrafficPolicy: "Local" } });
    assert.equal(facts(left.service).externalTrafficPolicy, "Local");
    assert.ok(!("healthCheckNodePort" in facts(left.service)));
    assert.equal(facts(right.service).healthCheckNodePort, laterForHealthChecks);
  });

  it("has UDP ports", async () => {
    const { left, right } = await planned({
      config: {
        ports: '[{"name":"echo","port":7,"protocol":"UDP"}]',
        healthCheck: '{"protocol":"HTTP","port":10256,"path":"/healthz"}',
      },
    });
    const port = { name: "echo", protocol: "UDP", port: 7, targetPort: "udp", nodePort: later };
    assert.deepEqual([facts(left.service).ports, facts(right.service).ports], [[port], [port]]);
  });

  it("with an input that the comparison does not know is not compared", async () => {
    const { left } = await planned({
      plan: (declared) =>
        declared.map((resource) =>
          resource.type.endsWith(":Service")
            ? {
                ...resource,
                inputs: { ...resource.inputs, spec: { ...(resource.inputs.spec as object), x: 1 } },
              }
            : resource,
        ),
    });
    const reason =
      'spec.x of kubernetes:core/v1:Service "nodeport" is an input that the comparison does not know';
    for (const part of ["service", "loadBalancer", "firewall"] as const) {
      assert.deepEqual(left[part], { kind: "unreachable", reason });
    }
  });

  it("that is not declared is not compared", async () => {
    const { right } = await planned({
      plan: (declared) => declared.filter(({ type }) => !type.includes("core/v1:Service")),
    });
    assert.deepEqual(right.service, {
      kind: "unreachable",
      reason:
        "the program declares 0 resources of type kubernetes:core/v1:Service; there must be exactly one",
    });
  });
});
