import assert from "node:assert/strict";
import { ownGroupName } from "../../../../../../comparison/clouds/aws/loadBalancerController/names.ts";
import type { NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { http } from "../cloudControllerManager/cluster.ts";
import { cluster as usual, inWords, made, service } from "./service.ts";

/**
 * What the controller's own tests expect of its model builder, for Services with nodes as targets:
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/pkg/service/model_builder_test.go
 */
const cluster = { ...usual, name: "my-cluster" };

const identity = (name: string) => ({ name, id: "2dc098f0-ae33-4378-af7b-83e2a0424495" });

/** Both ports of the Services. */
const ports = (protocol: string): ServiceFacts["ports"] => [
  { ...http, protocol, port: 80, nodePort: 31223 },
  { ...http, protocol, name: "alt2", port: 83, nodePort: 32323 },
];

const groupNames = ({ pools }: NlbFacts): string[] => pools.map((pool) => pool.identity.name);

describe("what the tests of the AWS Load Balancer Controller expect", () => {
  it('holds for "Instance mode, external traffic policy cluster with SG"', () => {
    const of = service({ namespace: "default", identity: identity("instance-mode"), ports: ports("TCP") });
    const { loadBalancer, balancer } = made(of, cluster);
    assert.equal(loadBalancer.identity.name, "k8s-default-instance-7ca1de7e6c");
    assert.equal(ownGroupName(of, cluster), "k8s-default-instance-38fe420757");
    assert.deepEqual(groupNames(loadBalancer), [
      "k8s-default-instance-0c68c79423",
      "k8s-default-instance-c200165858",
    ]);
    assert.deepEqual(inWords(balancer), ["tcp 80-80 from 0.0.0.0/0", "tcp 83-83 from 0.0.0.0/0"]);
  });

  it('holds for "Instance mode, external traffic policy local, UDP as protocol with SG"', () => {
    const of = service(
      {
        namespace: "app",
        identity: identity("traffic-local"),
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 29123,
        loadBalancerSourceRanges: ["10.20.0.0/16", "1.2.3.4/19"],
        ports: ports("UDP"),
      },
      { scheme: "internet-facing" },
    );
    const { loadBalancer, balancer, nodes } = made(of, cluster);
    assert.equal(loadBalancer.identity.name, "k8s-app-trafficl-2af705447d");
    assert.equal(ownGroupName(of, cluster), "k8s-app-trafficl-7b81fc143c");
    assert.deepEqual(groupNames(loadBalancer), [
      "k8s-app-trafficl-5f852f95c2",
      "k8s-app-trafficl-5eafb7edb6",
    ]);
    const [check] = loadBalancer.pools.map(({ healthCheck }) => healthCheck);
    assert.deepEqual(check, {
      enabled: true,
      port: 29123,
      protocol: "HTTP",
      path: "/healthz",
      matcher: "200-399",
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
    // EC2 keeps the network of a range.
    assert.deepEqual(inWords(balancer), [
      "udp 80-80 from 10.20.0.0/16",
      "udp 80-80 from 1.2.0.0/19",
      "udp 83-83 from 10.20.0.0/16",
      "udp 83-83 from 1.2.0.0/19",
    ]);
    assert.deepEqual(
      nodes.map(({ ipProtocol, fromPort, toPort }) => [ipProtocol, fromPort, toPort]),
      [
        ["tcp", 29123, 29123],
        ["udp", 31223, 32323],
      ],
    );
  });
});
