import assert from "node:assert/strict";
import * as aws from "../../../../../../comparison/clouds/aws/defaults.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import type { NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { Asked, facts, planned } from "../../../plan/planned.ts";
import type { Changes } from "../../../plan/planned.ts";

const below = "urn:pulumi:test::nodeport-vs-loadbalancer::exposure:index:NetworkLoadBalancer";
const urn = (type: string, name: string): string => `${below}$aws:lb/${type}::${name}`;

async function declared(config: Changes["config"] = {}): Promise<NlbFacts> {
  return facts((await planned({ config })).left.loadBalancer);
}

const zone = (letter: string) => ({
  zone: `us-west-2${letter}`,
  subnet: `subnet-us-west-2${letter}`,
  addresses: [later],
});

describe("a planned load balancer", () => {
  it("has the declared values, and AWS's defaults for the rest", async () => {
    const { listeners: _listeners, pools: _targetGroups, ...loadBalancer } = await declared();
    assert.deepEqual(loadBalancer, {
      identity: { name: "nodeport", id: urn("loadBalancer:LoadBalancer", "nodeport") },
      owner: "program",
      address: later,
      type: "network",
      state: "active",
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      vpc: "vpc-cluster",
      zones: [zone("a"), zone("b"), zone("c")],
      securityGroups: [],
      attributes: aws.loadBalancerAttributes,
      tags: {},
    });
  });

  it("has a listener that forwards to its target group, although the ARN is unknown", async () => {
    const { listeners } = await declared();
    assert.deepEqual(listeners, [
      {
        identity: { name: "nodeport-80", id: urn("listener:Listener", "nodeport-80") },
        owner: "program",
        protocol: "TCP",
        port: 80,
        alpnPolicy: [],
        certificates: [],
        attributes: { "tcp.idle_timeout.seconds": "350" },
        forwardsTo: [urn("targetGroup:TargetGroup", "nodeport-80")],
      },
    ]);
  });

  it("has a target group with every node on the port that Kubernetes will allocate", async () => {
    const { pools } = await declared();
    const target = { port: later, owner: "program", state: later };
    assert.deepEqual(
      pools.map(({ members, ...group }) => ({
        ...group,
        members: [...members].sort((a, b) => (a.id < b.id ? -1 : 1)),
      })),
      [
        {
          identity: { name: "nodeport-80", id: urn("targetGroup:TargetGroup", "nodeport-80") },
          owner: "program",
          targetType: "instance",
          protocol: "TCP",
          port: later,
          ipAddressType: "ipv4",
          vpc: "vpc-cluster",
          healthCheck: {
            enabled: true,
            protocol: "TCP",
            port: "traffic-port",
            intervalSeconds: 30,
            timeoutSeconds: 10,
            healthyThresholdCount: 3,
            unhealthyThresholdCount: 3,
          },
          attributes: aws.targetGroupAttributes("TCP"),
          tags: {},
          members: ["i-node-a", "i-node-b", "i-node-c"].map((id) => ({ id, ...target })),
        },
      ],
    );
  });

  it("has every node as a target once if the Auto Scaling groups are attached", async () => {
    const { pools } = await declared({ autoscalingGroupNames: '["workers","spot"]' });
    assert.deepEqual(
      pools.flatMap(({ members }) => members.map(({ id, owner }) => `${id} ${owner}`)),
      ["i-node-a program", "i-node-b program", "i-node-c program"],
    );
  });

  it("has the nodes as targets of the AWS Load Balancer Controller if it is bound to its target groups", async () => {
    const { pools } = await declared({ targetGroupBinding: "true" });
    assert.deepEqual(
      pools.flatMap(({ owner, members }) => [owner, ...members.map(({ id, owner: by }) => `${id} ${by}`)]),
      [
        "program",
        "i-node-a other: AWS Load Balancer Controller",
        "i-node-b other: AWS Load Balancer Controller",
        "i-node-c other: AWS Load Balancer Controller",
      ],
    );
  });

  it("has the node port of the configuration, on the group and on its targets", async () => {
    const { pools } = await declared({
      ports: '[{"name":"http","port":80,"nodePorts":{"nodePort":30080}}]',
    });
    const ports = pools.flatMap(({ port, members }) => [port, ...members.map((target) => target.port)]);
    assert.deepEqual(ports, [30080, 30080, 30080, 30080]);
  });

  it("has a listener and a target group for each port", async () => {
    const { listeners, pools } = await declared({
      ports: '[{"name":"http","port":80,"nodePorts":{"nodePort":30080}},{"name":"alt","port":8080}]',
    });
    const routes = listeners.map(({ protocol, port, forwardsTo }) => {
      const groups = pools.filter(({ identity }) => forwardsTo.includes(identity.id));
      return [`${protocol} ${port}`, ...groups.map((group) => [group.identity.name, group.port])];
    });
    assert.deepEqual(Object.fromEntries(routes.map(([listener, ...groups]) => [String(listener), groups])), {
      "TCP 80": [["nodeport-80", 30080]],
      "TCP 8080": [["nodeport-8080", later]],
    });
  });

  it("for UDP has AWS's attributes for UDP, and the declared health check", async () => {
    const { listeners, pools } = await declared({
      ports: '[{"name":"echo","port":7,"protocol":"UDP"}]',
      healthCheck: '{"protocol":"HTTP","port":10256,"path":"/healthz"}',
    });
    const [listener, group] = [listeners[0]!, pools[0]!];
    assert.deepEqual([listener.protocol, listener.port, listener.attributes], ["UDP", 7, {}]);
    assert.equal(group.protocol, "UDP");
    assert.equal(group.attributes["deregistration_delay.connection_termination.enabled"], "true");
    assert.equal(group.attributes["target_health_state.unhealthy.connection_termination.enabled"], "false");
    assert.deepEqual(group.healthCheck, {
      enabled: true,
      protocol: "HTTP",
      port: 10256,
      path: "/healthz",
      matcher: "200-399",
      intervalSeconds: 30,
      timeoutSeconds: 6,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("has the health check of its traffic policy unless the configuration has another", async () => {
    const rhythm = async (config: Record<string, string>) => {
      const { healthCheck } = (await declared(config)).pools[0]!;
      const { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount } = healthCheck;
      return [intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount];
    };
    assert.deepEqual(await rhythm({ externalTrafficPolicy: "Local" }), [10, 10, 2, 2]);
    const healthCheck = '{"intervalSeconds":15,"healthyThresholdCount":4,"unhealthyThresholdCount":5}';
    assert.deepEqual(await rhythm({ healthCheck }), [15, 10, 4, 5]);
  });

  it("is internal, balances across zones and hides client addresses if the configuration says so", async () => {
    const loadBalancer = await declared({
      scheme: "internal",
      crossZoneLoadBalancing: "true",
      preserveClientIp: "false",
    });
    assert.equal(loadBalancer.scheme, "internal");
    assert.deepEqual(loadBalancer.attributes, {
      ...aws.loadBalancerAttributes,
      "load_balancing.cross_zone.enabled": "true",
    });
    assert.equal(loadBalancer.pools[0]?.attributes["preserve_client_ip.enabled"], "false");
  });

  it("has the subnets and the instances that the configuration names", async () => {
    const { zones, pools } = await declared({
      subnetIds: '["subnet-1","subnet-2"]',
      nodeInstanceIds: '["i-1"]',
    });
    assert.deepEqual(zones, [
      { zone: "us-west-2a", subnet: "subnet-1", addresses: [later] },
      { zone: "us-west-2b", subnet: "subnet-2", addresses: [later] },
    ]);
    assert.deepEqual(
      pools[0]?.members.map(({ id }) => id),
      ["i-1"],
    );
  });

  it("with an input that the comparison does not know is not compared", async () => {
    const { left } = await planned({
      plan: (resources) =>
        resources.map((resource) =>
          resource.type.endsWith(":LoadBalancer")
            ? { ...resource, inputs: { ...resource.inputs, enableZonalShift: true } }
            : resource,
        ),
    });
    assert.deepEqual(left.loadBalancer, {
      kind: "unreachable",
      reason:
        'enableZonalShift of aws:lb/loadBalancer:LoadBalancer "nodeport" is an input that the comparison does not know',
    });
  });

  it("of a LoadBalancer Service is what the controller is predicted to make in that cluster", async () => {
    const asked = new Asked();
    const { right, cluster } = await planned({ predict: asked.predict });
    assert.deepEqual([asked.service, asked.cluster], [facts(right.service), facts(cluster)]);

    const made = await declared();
    const firewall = { nodes: [], loadBalancer: [] };
    const predicted = await planned({ predict: () => ({ kind: "made", loadBalancer: made, firewall }) });
    assert.deepEqual(predicted.right.loadBalancer, { kind: "known", facts: made });
  });

  it("that the controller refuses to make cannot be compared", async () => {
    const { right } = await planned();
    assert.deepEqual(right.loadBalancer, { kind: "unreachable", reason: "it has no time" });
    assert.deepEqual(right.firewall, { kind: "unreachable", reason: "it has no time" });
  });
});
