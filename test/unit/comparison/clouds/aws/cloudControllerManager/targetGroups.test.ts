import assert from "node:assert/strict";
import type { NodeFacts } from "../../../../../../comparison/model/cluster.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import { cluster, http, made, onlyGroup, service } from "./cluster.ts";

const targetsOf = (
  labels: Record<string, string> | undefined,
  annotations: Record<string, string> = {},
): string[] => {
  const [first, second] = cluster.nodes;
  const { labels: _, ...unlabelled } = first!;
  const changed: NodeFacts = labels === undefined ? unlabelled : { ...unlabelled, labels };
  const { loadBalancer } = made(service({}, annotations), { ...cluster, nodes: [changed, second!] });
  return (loadBalancer.pools[0]?.members ?? []).map(({ id }) => id);
};

describe("a target group that the cloud controller manager makes", () => {
  it("has instances as targets, in the load balancer's network", () => {
    const { targetType, ipAddressType, vpc } = onlyGroup(service());
    assert.deepEqual([targetType, ipAddressType, vpc], ["instance", "ipv4", "vpc-1"]);
  });

  it("has every node as a target, on the node port", () => {
    assert.deepEqual(
      onlyGroup(service()).members.map(({ id, port }) => [id, port]),
      [
        ["i-a", 32565],
        ["i-b", 32565],
      ],
    );
  });

  it("has nodes that are not ready too", () => {
    const nodes = cluster.nodes.map((node) => ({ ...node, ready: false }));
    const [group] = made(service(), { ...cluster, nodes }).loadBalancer.pools;
    assert.equal(group?.members.length, 2);
  });

  it("has no nodes that are not instances", () => {
    const [first, second] = cluster.nodes;
    const nodes = [{ ...first!, instanceId: "fargate-ip-10-0-0-10" }, second!];
    const [group] = made(service(), { ...cluster, nodes }).loadBalancer.pools;
    assert.deepEqual(
      group?.members.map(({ id }) => id),
      ["i-b"],
    );
  });

  it("has ports that are not known before Kubernetes has allocated them", () => {
    const group = onlyGroup(service({ ports: [{ ...http, nodePort: later }] }));
    assert.deepEqual([group.port, ...group.members.map(({ port }) => port)], [later, later, later]);
  });

  for (const [value, ids] of [
    ["", ["i-b"]],
    ["true", ["i-b"]],
    ["nonsense", ["i-b"]],
    ["false", ["i-a", "i-b"]],
  ] as const) {
    it(`has ${ids.length} of two nodes if one's label for exclusion is "${value}"`, () => {
      assert.deepEqual(targetsOf({ "node.kubernetes.io/exclude-from-external-load-balancers": value }), ids);
    });
  }

  it("has only nodes with all annotated labels, an empty value standing for any", () => {
    const wanted = { "target-node-labels": "pool=edge,spot" };
    assert.deepEqual(targetsOf({ pool: "edge", spot: "no" }, wanted), ["i-a"]);
    assert.deepEqual(targetsOf({ pool: "edge" }, wanted), []);
    assert.deepEqual(targetsOf({ pool: "core", spot: "no" }, wanted), []);
  });

  it("takes nodes of unknown labels if no label matters", () => {
    assert.deepEqual(targetsOf(undefined), ["i-a", "i-b"]);
  });

  it("has all of AWS's attributes", () => {
    assert.deepEqual(onlyGroup(service()).attributes, {
      "deregistration_delay.connection_termination.enabled": "false",
      "deregistration_delay.timeout_seconds": "300",
      "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
      "preserve_client_ip.enabled": "true",
      "proxy_protocol_v2.enabled": "false",
      "stickiness.enabled": "false",
      "stickiness.type": "source_ip",
      "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
      "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
      "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
      "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
      "target_health_state.unhealthy.connection_termination.enabled": "true",
      "target_health_state.unhealthy.draining_interval_seconds": "0",
    });
  });

  it("has the annotated attributes", () => {
    const annotated = "preserve_client_ip.enabled=false, proxy_protocol_v2.enabled=true";
    const { attributes } = onlyGroup(service({}, { "target-group-attributes": annotated }));
    assert.equal(attributes["preserve_client_ip.enabled"], "false");
    assert.equal(attributes["proxy_protocol_v2.enabled"], "true");
  });
});
