import assert from "node:assert/strict";
import { predict } from "../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { brokenIn } from "../../../../comparison/difference/working.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import type {
  ListenerFacts,
  LoadBalancerFacts,
  TargetFacts,
} from "../../../../comparison/model/loadBalancer.ts";
import type { EndpointFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

type Change = (exposure: Exposure) => Exposure;

const both = (change: Change): Facts => ({ ...facts, left: change(facts.left), right: change(facts.right) });

function endpoints(change: (endpoint: EndpointFacts) => EndpointFacts[]): Change {
  return (exposure) => ({
    ...exposure,
    endpoints: known((factsIn(exposure.endpoints) ?? assert.fail()).flatMap(change)),
  });
}

function loadBalancer(change: (balancer: LoadBalancerFacts) => Partial<LoadBalancerFacts>): Change {
  return (exposure) => {
    const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
    return { ...exposure, loadBalancer: known({ ...balancer, ...change(balancer) }) };
  };
}

function targets(change: (target: TargetFacts, index: number) => TargetFacts[]): Change {
  return loadBalancer(({ targetGroups }) => ({
    targetGroups: targetGroups.map((group) => ({ ...group, targets: group.targets.flatMap(change) })),
  }));
}

/** Each fault made on both sides alike, and what is said of either. */
const faults: readonly [what: string, change: Change, says: string][] = [
  [
    "no pod is ready",
    endpoints((endpoint) => [{ ...endpoint, ready: false }]),
    "the Service has no ready endpoint",
  ],
  ["there is no pod", endpoints(() => []), "the Service has no ready endpoint"],
  [
    "the load balancer is not active",
    loadBalancer(() => ({ state: "failed" })),
    "the load balancer's state is failed",
  ],
  [
    "nothing listens",
    loadBalancer(() => ({ listeners: [], targetGroups: [] })),
    "the load balancer has no listener",
  ],
  [
    "no target is healthy",
    targets((target) => [{ ...target, state: "unhealthy" }]),
    "listener TCP 80 has no healthy target",
  ],
  ["there is no target", targets(() => []), "listener TCP 80 has no healthy target"],
  [
    "a listener forwards to nothing",
    loadBalancer(({ listeners }) => ({
      listeners: listeners.map((listener) => ({ ...listener, forwardsTo: [] })),
    })),
    "listener TCP 80 has no healthy target",
  ],
  [
    "a second listener forwards to nothing",
    loadBalancer(({ listeners }) => ({
      listeners: listeners.flatMap((listener): ListenerFacts[] => [
        listener,
        { ...listener, port: 443, forwardsTo: ["arn:targetgroup/none"] },
      ]),
    })),
    "listener TCP 443 has no healthy target",
  ],
];

describe("whether an exposure can take traffic", () => {
  it("is so on the stack dev", () => {
    assert.deepEqual(brokenIn(facts), []);
  });

  for (const [what, change, says] of faults) {
    it(`is not so if ${what}, which is said of the side`, () => {
      assert.deepEqual(brokenIn({ ...facts, left: change(facts.left) }), [`left: ${says}`]);
      assert.deepEqual(brokenIn({ ...facts, right: change(facts.right) }), [`right: ${says}`]);
    });
  }

  it("is so with one healthy target and one ready pod", () => {
    const oneHealthy = targets((target, index) => [
      { ...target, state: index === 0 ? "healthy" : "initial" },
    ]);
    assert.deepEqual(brokenIn(both(oneHealthy)), []);
    const oneReady = endpoints((endpoint) => [{ ...endpoint, ready: endpoint.node === "node-a" }]);
    assert.deepEqual(brokenIn(both(oneReady)), []);
  });

  it("is not asked of a plan, in which nothing has a state", () => {
    const planned = both(loadBalancer(() => ({ state: "known after the update", listeners: [] })));
    assert.deepEqual(brokenIn({ ...planned, basis: "planned" }), []);
  });

  it("is not known of what no source tells", () => {
    const silent = { kind: "unavailable", reason: "not asked" } as const;
    assert.deepEqual(brokenIn(both((side) => ({ ...side, endpoints: silent, loadBalancer: silent }))), []);
  });

  it("decides: two that are broken alike are not equivalent", () => {
    const [, unhealthy] = faults.find(([what]) => what === "no target is healthy") ?? assert.fail();
    const { verdict, counts } = judge(both(unhealthy), { predict, traffic: [], statements: [] });
    assert.deepEqual([counts.unexplained, counts.different], [0, 0]);
    assert.deepEqual(verdict, {
      kind: "different",
      sentence: "Different: 2 reasons.",
      reasons: [
        "left: listener TCP 80 has no healthy target",
        "right: listener TCP 80 has no healthy target",
      ],
    });
  });
});
