import assert from "node:assert/strict";
import { loadBalancerController } from "../../../../../../comparison/clouds/aws/loadBalancerController/index.ts";
import {
  ownGroupName,
  sharedGroupName,
} from "../../../../../../comparison/clouds/aws/loadBalancerController/names.ts";
import type { AwsClusterFacts, NlbFacts, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, made, service } from "./service.ts";

const identity = { name: "web", id: "2dc098f0-ae33-4378-af7b-83e2a0424495" };

/** The groups as the controller makes them for the Service. */
const withGroups = (of: ServiceFacts): AwsClusterFacts => ({
  ...cluster,
  controllerGroups: {
    "sg-shared": sharedGroupName(cluster),
    "sg-own": ownGroupName(of, cluster),
    "sg-of-another": "k8s-default-another-0123456789",
  },
});

function predicted(of: ServiceFacts, inCluster: AwsClusterFacts) {
  const result = loadBalancerController.predict(of, inCluster, made(of).loadBalancer);
  if (result.kind !== "made") return result;
  const { nodes, loadBalancer } = result.firewall;
  return {
    groups: (result.loadBalancer as NlbFacts).securityGroups,
    nodes: nodes as readonly RuleFacts[],
    balancer: loadBalancer as readonly RuleFacts[],
  };
}

describe("an existing load balancer of the AWS Load Balancer Controller", () => {
  it("has its own group and the shared one, which are told by their names", () => {
    const of = service({ identity });
    const { groups, balancer } = Object.assign({ groups: [], balancer: [] }, predicted(of, withGroups(of)));
    assert.deepEqual(groups, ["sg-own", "sg-shared"]);
    assert.deepEqual([...new Set(balancer.map(({ securityGroup }: RuleFacts) => securityGroup))], ["sg-own"]);
  });

  it("shares its rule on the nodes with others, so that one Service does not tell it", () => {
    const of = service({ identity });
    assert.deepEqual(Object.assign({ nodes: undefined }, predicted(of, withGroups(of))).nodes, []);
    assert.ok(made(of).nodes.length > 0);
  });

  it("has rules of its own on the nodes if it has no groups", () => {
    const of = service({ identity }, { "disable-nlb-sg": "true", scheme: "internet-facing" });
    const { groups, nodes } = Object.assign({ groups: undefined, nodes: [] }, predicted(of, withGroups(of)));
    assert.deepEqual(groups, []);
    assert.deepEqual(nodes, made(of).nodes);
  });

  it("is not predicted from a source that does not tell the groups' names", () => {
    const { controllerGroups: _, ...without } = withGroups(service());
    assert.deepEqual(
      Object.assign({ kind: "made" }, predicted(service({ identity }), without)).kind,
      "not modelled",
    );
  });

  it("keeps its name, its addresses, its target groups' kind of addresses, and attributes that are not set any longer", () => {
    const of = service({ identity }, { attributes: "load_balancing.cross_zone.enabled=true" });
    const isKept = (path: string) => loadBalancerController.isSetOnce(path, of, new Set());
    assert.equal(isKept("loadBalancer / name"), true);
    assert.equal(isKept("loadBalancer / zones / us-west-2a / addresses / 1"), true);
    assert.equal(isKept("loadBalancer / attributes / deletion_protection.enabled"), true);
    assert.equal(isKept("loadBalancer / attributes / load_balancing.cross_zone.enabled"), false);
    assert.equal(isKept("loadBalancer / targetGroups / x / attributes / stickiness.enabled"), true);
    assert.equal(isKept("loadBalancer / targetGroups / x / attributes / proxy_protocol_v2.enabled"), false);
    assert.equal(isKept("loadBalancer / targetGroups / x / ipAddressType"), true);
    assert.equal(isKept("loadBalancer / ipAddressType"), false);
    assert.equal(isKept("loadBalancer / scheme"), false);
  });

  const madeAs = (asMade: ServiceFacts, now: ServiceFacts, changes: Partial<NlbFacts> = {}) => {
    const result = loadBalancerController.predict(now, withGroups(now), {
      ...made(asMade).loadBalancer,
      ...changes,
    });
    if (result.kind !== "made") throw new Error(result.reason);
    return result.loadBalancer as NlbFacts;
  };
  const facing = service({ identity }, { scheme: "internet-facing" });

  it("keeps its scheme and its subnets if the Service says nothing of them", () => {
    const [first = assert.fail()] = made(facing).loadBalancer.zones;
    const { scheme, zones } = madeAs(facing, service({ identity }), { zones: [first] });
    assert.equal(scheme, "internet-facing");
    assert.deepEqual(
      zones.map(({ subnet }) => subnet),
      [first.subnet],
    );
  });

  it("is made again for another scheme, in the subnets of that one", () => {
    const [first = assert.fail()] = made(facing).loadBalancer.zones;
    const { scheme, zones } = madeAs(facing, service({ identity }, { scheme: "internal" }), {
      zones: [first],
    });
    assert.equal(scheme, "internal");
    assert.equal(zones.length, cluster.subnets.length);
  });

  it("never gets groups if it was made without", () => {
    assert.deepEqual(madeAs(facing, facing, { securityGroups: [] }).securityGroups, []);
  });

  it("is refused for a word that is no truth value, even if it has no groups", () => {
    const named = service({ identity }, { "disable-nlb-sg": "yes", scheme: "internet-facing" });
    const withoutGroups: NlbFacts = { ...made(facing).loadBalancer, securityGroups: [] };
    const prediction = (of: ServiceFacts) =>
      loadBalancerController.predict(of, withGroups(of), withoutGroups);
    assert.deepEqual(prediction(named), {
      kind: "refused",
      reason:
        "failed to parse bool annotation, service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg: yes; allowed are true and false",
      others: [],
    });
    for (const word of ["true", "false"])
      assert.equal(
        prediction(service({ identity }, { "disable-nlb-sg": word, scheme: "internet-facing" })).kind,
        "made",
      );
  });

  it("is not predicted if the Service names its groups by a tag, since the source does not tell which ones have it", () => {
    const named = service({ identity }, { "security-groups": "web,sg-1" });
    assert.deepEqual(predicted(named, withGroups(named)), {
      kind: "not modelled",
      reason:
        "the Service names security groups by their tag Name (web), and the source does not tell which ones have it",
    });
  });

  it("keeps its Elastic IP addresses, which are in the order of the subnets' ids", () => {
    const fixed = service(
      { identity },
      { scheme: "internet-facing", "eip-allocations": "eipalloc-a,eipalloc-b" },
    );
    const { zones } = made(fixed).loadBalancer;
    const elastic = (of: NlbFacts) => of.zones.map(({ elasticAddresses }) => elasticAddresses);
    assert.deepEqual(elastic(made(fixed).loadBalancer), [["eipalloc-a"], ["eipalloc-b"]]);
    assert.deepEqual(elastic(madeAs(fixed, fixed, { zones: [...zones].reverse() })), [
      ["eipalloc-a"],
      ["eipalloc-b"],
    ]);
    assert.equal(
      loadBalancerController.isSetOnce(
        "loadBalancer / zones / us-west-2a / elasticAddresses / 1",
        fixed,
        new Set(),
      ),
      true,
    );
  });

  it("is the controller's alone where it has made the group, and not in a group that the Service names", () => {
    const of = service();
    const { keeps = () => undefined } = loadBalancerController;
    const rule = (securityGroup: string) => ({ securityGroup }) as RuleFacts;
    assert.equal(keeps(rule("sg-own"), withGroups(of)), true);
    assert.equal(keeps(rule("sg-given"), withGroups(of)), false);
  });
});
