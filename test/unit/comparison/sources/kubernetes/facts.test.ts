import assert from "node:assert/strict";
import type { V1Service } from "@kubernetes/client-node";
import { aws } from "../../../../../comparison/clouds/aws/index.ts";
import {
  endpointFacts,
  nodeFacts,
  serviceFacts as factsOfService,
} from "../../../../../comparison/sources/kubernetes/facts.ts";
import { received, v1Node } from "../account.ts";

const serviceFacts = (service: V1Service) => factsOfService(service, aws.controllers);

describe("a Service of the API as facts", () => {
  it("has every field of the API", () => {
    const facts = serviceFacts(
      received({
        metadata: {
          name: "cloud",
          namespace: "web",
          uid: "126f",
          finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
        },
        spec: {
          type: "LoadBalancer",
          loadBalancerClass: "example.com/nlb",
          allocateLoadBalancerNodePorts: true,
          selector: { app: "web" },
          clusterIPs: ["172.20.0.10"],
          ipFamilies: ["IPv4"],
          ipFamilyPolicy: "SingleStack",
          externalIPs: ["198.51.100.2", "198.51.100.1"],
          ports: [
            {
              name: "http",
              protocol: "TCP",
              appProtocol: "http",
              port: 80,
              targetPort: "http",
              nodePort: 30080,
            },
            { port: 81 },
          ],
          externalTrafficPolicy: "Local",
          internalTrafficPolicy: "Cluster",
          trafficDistribution: "PreferClose",
          sessionAffinity: "None",
          publishNotReadyAddresses: true,
          loadBalancerSourceRanges: ["10.0.0.0/8", "0.0.0.0/0"],
          healthCheckNodePort: 31000,
        },
        status: { loadBalancer: { ingress: [{ hostname: "a.example" }, { ip: "203.0.113.1" }] } },
      }),
    );
    assert.deepEqual(facts, {
      identity: { name: "cloud", id: "126f" },
      namespace: "web",
      owner: "other",
      type: "LoadBalancer",
      loadBalancerClass: "example.com/nlb",
      allocateLoadBalancerNodePorts: true,
      selector: { app: "web" },
      clusterIPs: ["172.20.0.10"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      externalIPs: ["198.51.100.1", "198.51.100.2"],
      ports: [
        { name: "http", protocol: "TCP", appProtocol: "http", port: 80, targetPort: "http", nodePort: 30080 },
        { name: "", protocol: "TCP", port: 81, targetPort: 81 },
      ],
      externalTrafficPolicy: "Local",
      internalTrafficPolicy: "Cluster",
      trafficDistribution: "PreferClose",
      sessionAffinity: "None",
      publishNotReadyAddresses: true,
      loadBalancerSourceRanges: ["0.0.0.0/0", "10.0.0.0/8"],
      healthCheckNodePort: 31000,
      ingress: ["a.example", "203.0.113.1"],
      finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
      annotations: {},
    });
  });

  it("says by which labels kube-proxy leaves a Service to another proxy, whatever their values are", () => {
    const labels = {
      app: "web",
      "service.kubernetes.io/headless": "",
      "service.kubernetes.io/service-proxy-name": "mesh",
    };
    assert.equal(
      serviceFacts(received({ metadata: { labels } })).withoutKubeProxy,
      'service.kubernetes.io/service-proxy-name: "mesh", service.kubernetes.io/headless: ""',
    );
    assert.equal(
      "withoutKubeProxy" in serviceFacts(received({ metadata: { labels: { app: "web" } } })),
      false,
    );
  });

  it("keeps the annotations that a load balancer's controller reads, and no others", () => {
    const annotations = {
      "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
      "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8",
      "service.kubernetes.io/topology-mode": "Auto",
    };
    const facts = serviceFacts(
      received({
        metadata: {
          annotations: {
            ...annotations,
            "pulumi.com/autonamed": "true",
            "kubectl.kubernetes.io/last-applied-configuration": "{}",
          },
        },
      }),
    );
    assert.deepEqual(facts.annotations, annotations);
  });

  it("omits fields that the API omits", () => {
    const facts = serviceFacts(received({ spec: { type: "NodePort", ports: [{ port: 80 }] } }));
    for (const absent of [
      "loadBalancerClass",
      "allocateLoadBalancerNodePorts",
      "healthCheckNodePort",
      "trafficDistribution",
    ])
      assert.equal(absent in facts, false, absent);
    assert.deepEqual(Object.keys(facts.ports[0]!), ["name", "protocol", "port", "targetPort"]);
  });
});

describe("EndpointSlices of the API as facts", () => {
  const pod = (name: string, address: string, nodeName: string, conditions = {}) => ({
    addresses: [address],
    nodeName,
    zone: "us-west-2a",
    conditions,
    targetRef: { kind: "Pod", name, uid: `uid-of-${name}` },
  });

  it("are the pods of all slices, in the order of their nodes, each once", () => {
    const facts = endpointFacts([
      received({ endpoints: [pod("c", "10.244.2.3", "node-b"), pod("b", "10.244.1.9", "node-a")] }),
      received({ endpoints: [pod("a", "10.244.1.4", "node-a"), pod("c", "10.244.2.3", "node-b")] }),
      received({}),
    ]);
    assert.deepEqual(
      facts.map(({ pod: { name, id }, address, node, zone }) => [name, id, address, node, zone]),
      [
        ["a", "uid-of-a", "10.244.1.4", "node-a", "us-west-2a"],
        ["b", "uid-of-b", "10.244.1.9", "node-a", "us-west-2a"],
        ["c", "uid-of-c", "10.244.2.3", "node-b", "us-west-2a"],
      ],
    );
  });

  it("take the API's default for missing conditions", () => {
    const conditions = [{}, { ready: false }, { ready: false, serving: true, terminating: true }];
    const slices = conditions.map((each, index) =>
      received({ endpoints: [pod("a", `10.244.1.${index}`, "node-a", each)] }),
    );
    assert.deepEqual(
      endpointFacts(slices).map(({ ready, serving, terminating }) => [ready, serving, terminating]),
      [
        [true, true, false],
        [false, false, false],
        [false, true, true],
      ],
    );
  });

  it("are ready only where every slice says so, with the ports of all", () => {
    const port = (name: string, number: number): object => ({ name, port: number, protocol: "TCP" });
    const one = pod("a", "10.244.1.4", "node-a", { ready: true, serving: true });
    const other = pod("a", "10.244.1.4", "node-a", { ready: false, serving: true, terminating: true });
    const [facts, ...more] = endpointFacts([
      received({ endpoints: [one], ports: [port("http", 8080)] }),
      received({ endpoints: [other], ports: [port("admin", 9090)] }),
    ]);
    assert.deepEqual(more, []);
    assert.deepEqual(
      [facts?.ports, facts?.ready, facts?.serving, facts?.terminating],
      [["admin: 9090/TCP", "http: 8080/TCP"], false, true, true],
    );
  });

  it("are named by their address if they have no pod", () => {
    const [endpoint] = endpointFacts([received({ endpoints: [{ addresses: ["10.9.9.9"] }] })]);
    assert.deepEqual(endpoint, {
      pod: { name: "10.9.9.9", id: "10.9.9.9" },
      address: "10.9.9.9",
      node: "",
      ports: [],
      ready: true,
      serving: true,
      terminating: false,
    });
  });
});

describe("Nodes of the API as facts", () => {
  it("have the instance id from the provider id, the internal address and the labels, sorted by name", () => {
    const other = received({
      metadata: { name: "node-0", labels: { "topology.kubernetes.io/zone": "us-west-2b" } },
      spec: { providerID: "aws:///us-west-2b/i-0b" },
      status: {
        addresses: [
          { type: "ExternalIP", address: "198.51.100.7" },
          { type: "InternalIP", address: "10.0.16.10" },
        ],
        conditions: [
          { type: "MemoryPressure", status: "True" },
          { type: "Ready", status: "Unknown" },
        ],
      },
    });
    assert.deepEqual(nodeFacts([v1Node, other]), [
      {
        name: "node-0",
        instanceId: "i-0b",
        zone: "us-west-2b",
        address: "10.0.16.10",
        ready: false,
        labels: { "topology.kubernetes.io/zone": "us-west-2b" },
      },
      {
        name: "node-a",
        instanceId: "i-0a",
        zone: "us-west-2a",
        address: "10.0.0.10",
        ready: true,
        kubeletVersion: "v1.35.4",
        labels: { "topology.kubernetes.io/zone": "us-west-2a" },
      },
    ]);
  });
});
