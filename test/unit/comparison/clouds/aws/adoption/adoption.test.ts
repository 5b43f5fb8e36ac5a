import assert from "node:assert/strict";
import { awsAdoption } from "../../../../../../comparison/clouds/aws/adoption/index.ts";
import type { Found } from "../../../../../../comparison/clouds/adoption.ts";
import type { Aws, NlbFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { made, prefix, service } from "../cloudControllerManager/cluster.ts";

/** A load balancer that the controller has made for the Service. */
function found(of: ServiceFacts = service(), changes: Partial<NlbFacts> = {}, hasOthers = false): Found<Aws> {
  const { loadBalancer, rules } = made(of);
  const nodes = rules.map((rule, index) => ({ ...rule, identity: { ...rule.identity, id: `sgr-${index}` } }));
  return {
    service: of,
    loadBalancer: { ...loadBalancer, ...changes },
    firewall: { nodes, loadBalancer: [] },
    hasOthers,
  };
}

const imported = (given: Readonly<Record<string, unknown>>) =>
  given.import as { readonly name: string; readonly rules: readonly { readonly ipProtocol: string }[] };

describe("taking over a load balancer of the AWS cloud controller manager", () => {
  it("describes it with its ports, its options and the names of its parts", () => {
    const given = awsAdoption.argumentsFor(
      found(service({}, { "cross-zone-load-balancing-enabled": "true", "healthcheck-interval": "20" })),
    );
    assert.deepEqual(given.ports, [{ name: "http", port: 80, nodePort: 32565 }]);
    assert.equal(given.crossZoneLoadBalancing, true);
    assert.deepEqual(given.healthCheck, { intervalSeconds: 20 });
    assert.deepEqual(given.subnetIds, ["subnet-us-west-2a", "subnet-us-west-2b"]);
    assert.equal(imported(given).name, "a126f6206d98946c8968d32088723ea5");
    assert.ok(!("selector" in given) && !("namespace" in given) && !("tags" in given));
  });

  it("takes the rule for path MTU discovery along only if no other load balancer of the controller needs it", () => {
    const alone = awsAdoption.argumentsFor(found());
    assert.equal(alone.sharedNodeRules, true);
    assert.deepEqual(
      imported(alone)
        .rules.map(({ ipProtocol }) => ipProtocol)
        .sort(),
      ["icmp", "tcp"],
    );
    assert.equal(awsAdoption.argumentsFor(found(service(), {}, true)).sharedNodeRules, false);
    const { firewall, ...rest } = found();
    const nodes = firewall.nodes.map((rule) =>
      rule.ipProtocol === "icmp" ? { ...rule, owner: "other" as const } : rule,
    );
    const given = awsAdoption.argumentsFor({ ...rest, firewall: { ...firewall, nodes } });
    assert.equal(given.sharedNodeRules, false);
  });

  it("is possible for a Network Load Balancer of the controller, and refused with the remedy for others", () => {
    assert.equal(awsAdoption.refusal(found()), undefined);
    const refusals: readonly [Found<Aws>, RegExp][] = [
      [found(service(), { type: "application" }), /of the type application/],
      [found(service(), { securityGroups: ["sg-1"] }), /has security groups \(sg-1\)/],
      [
        found(service(), { identity: { name: "mine", id: "arn:mine" } }),
        /has the name mine, and not a126f6206/,
      ],
    ];
    for (const [each, reason] of refusals) {
      assert.match(awsAdoption.refusal(each) ?? "", reason);
      assert.match(awsAdoption.refusal(each) ?? "", /move its clients by a name instead/);
    }
  });

  it("is refused by the Service alone, whatever is in front of it", () => {
    assert.equal(awsAdoption.serviceRefusal(service()), undefined);
    for (const [each, reason] of [
      [service({ externalTrafficPolicy: "Local" }), /externalTrafficPolicy is Local.*by a name instead/],
      [
        service({ loadBalancerClass: "service.k8s.aws/nlb" }, { type: undefined }),
        /the AWS Load Balancer Controller has made it.*by a name instead/,
      ],
      [service({ type: "NodePort" }), /does not serve a Service of type NodePort/],
    ] as const)
      assert.match(awsAdoption.serviceRefusal(each) ?? "", reason);
  });

  it("is of the load balancer that its entry names, with everything that was imported", () => {
    const { loadBalancer } = found();
    const { name, ids } = awsAdoption.imported(awsAdoption.argumentsFor(found()));
    assert.equal(name, awsAdoption.loadBalancerName(service()));
    assert.deepEqual(
      [...ids].sort(),
      [
        ...[loadBalancer, ...loadBalancer.listeners, ...loadBalancer.pools].map(({ identity: { id } }) => id),
        ...found().firewall.nodes.map(({ identity: { id } }) => id),
      ].sort(),
    );
    assert.throws(() => awsAdoption.imported({ ports: [] }), /has no key import.*restore the entry/);
  });

  it("goes back only to the Service that it was made for", () => {
    assert.equal(awsAdoption.returnRefusal(found()), undefined);
    const anew = { name: "web", id: "00000000-d989-46c8-968d-32088723ea51" };
    assert.match(
      awsAdoption.returnRefusal({ ...found(), service: service({ identity: anew }) }) ?? "",
      /would look for a load balancer named a00000000.*the Service was made anew/,
    );
  });

  it("lets the controller go by an annotation that leaves the AWS Load Balancer Controller out as well", () => {
    assert.deepEqual(awsAdoption.letGo, {
      [`${prefix}type`]: "external",
      [`${prefix}nlb-target-type`]: null,
    });
    assert.deepEqual(awsAdoption.takeBack, { [`${prefix}type`]: "nlb", [`${prefix}nlb-target-type`]: null });
  });

  it("knows it again by everything but its owner, its tags and its targets' health", () => {
    const before = found();
    const { loadBalancer } = before;
    const pools = loadBalancer.pools.map((pool) => ({
      ...pool,
      owner: "program" as const,
      tags: {},
      members: pool.members.map((member) => ({ ...member, state: "unhealthy" })),
    }));
    const same = { ...before, loadBalancer: { ...loadBalancer, owner: "program" as const, pools } };
    assert.deepEqual(awsAdoption.identity(same), awsAdoption.identity(before));
    const fewer = pools.map((pool) => ({ ...pool, members: pool.members.slice(1) }));
    const other = { ...before, loadBalancer: { ...loadBalancer, pools: fewer } };
    assert.notDeepEqual(awsAdoption.identity(other), awsAdoption.identity(before));
  });
});
