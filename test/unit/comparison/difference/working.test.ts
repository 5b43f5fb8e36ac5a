import assert from "node:assert/strict";
import { annotationNames } from "../../../../comparison/clouds/aws/cloudControllerManager/annotations.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { brokenIn } from "../../../../comparison/difference/working.ts";
import type { Facts } from "../../../../comparison/model/exposure.ts";
import type { AwsExposure } from "../../../../comparison/clouds/aws/model.ts";
import type { MemberFacts } from "../../../../comparison/model/loadBalancer.ts";
import type { NlbFacts, NlbListenerFacts } from "../../../../comparison/clouds/aws/model.ts";
import type { EndpointFacts, ServiceFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

type Change = (exposure: AwsExposure) => AwsExposure;

const both = (change: Change): Facts => ({ ...facts, left: change(facts.left), right: change(facts.right) });

function endpoints(change: (endpoint: EndpointFacts) => EndpointFacts[]): Change {
  return (exposure) => ({
    ...exposure,
    endpoints: known((factsIn(exposure.endpoints) ?? assert.fail()).flatMap(change)),
  });
}

function loadBalancer(change: (balancer: NlbFacts) => Partial<NlbFacts>): Change {
  return (exposure) => {
    const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
    return { ...exposure, loadBalancer: known({ ...balancer, ...change(balancer) }) };
  };
}

function targets(change: (target: MemberFacts, index: number) => MemberFacts[]): Change {
  return loadBalancer(({ pools }) => ({
    pools: pools.map((group) => ({ ...group, members: group.members.flatMap(change) })),
  }));
}

function ofService(change: Partial<ServiceFacts>): Change {
  return (exposure) => {
    const service = factsIn(exposure.service) ?? assert.fail();
    return { ...exposure, service: known({ ...service, ...change }) };
  };
}

const nlb = { [annotationNames.type]: "nlb" };

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
    loadBalancer(() => ({ listeners: [], pools: [] })),
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
      listeners: listeners.flatMap((listener): NlbListenerFacts[] => [
        listener,
        { ...listener, port: 443, forwardsTo: ["arn:targetgroup/none"] },
      ]),
    })),
    "listener TCP 443 has no healthy target",
  ],
];

const broken = (of: Facts): string[] => brokenIn(comparedOf(of, aws));

describe("whether an exposure can take traffic", () => {
  it("is so on the stack dev", () => {
    assert.deepEqual(broken(facts), []);
  });

  for (const [what, change, says] of faults) {
    it(`is not working if ${what}, and the reason names the side`, () => {
      assert.deepEqual(broken({ ...facts, left: change(facts.left) }), [`left: ${says}`]);
      assert.deepEqual(broken({ ...facts, right: change(facts.right) }), [`right: ${says}`]);
    });
  }

  const noPods = endpoints(() => []);
  const unhealthyTargets = targets((target) => [{ ...target, state: "unhealthy" }]);
  const checkedAt = (port: number): Change =>
    loadBalancer(({ pools }) => ({
      pools: pools.map((pool) => ({ ...pool, healthCheck: { ...pool.healthCheck, port } })),
    }));

  it("lacks healthy targets for want of a ready pod alone, which is one reason", () => {
    const exposure = noPods(unhealthyTargets(facts.left));
    assert.deepEqual(broken({ ...facts, left: exposure }), [
      "left: the Service has no ready endpoint, and so no healthy target at TCP 80",
    ]);
  });

  for (const [what, change] of [
    [
      "targets are in zones that the load balancer does not have",
      targets((target, index) => [{ ...target, state: index === 0 ? "unhealthy" : "unused" }]),
    ],
    [
      "pods would be the targets",
      loadBalancer(({ pools }) => ({
        pools: pools.map((pool) => ({ ...pool, targetType: "ip", members: [] })),
      })),
    ],
  ] as const)
    it(`has one reason too if no pod is ready, and ${what}`, () => {
      assert.deepEqual(broken({ ...facts, left: noPods(change(facts.left)) }), [
        "left: the Service has no ready endpoint, and so no healthy target at TCP 80",
      ]);
    });

  for (const [what, change] of [
    [
      "kube-proxy is asked instead of the pods",
      (each: AwsExposure) => checkedAt(10256)(unhealthyTargets(each)),
    ],
    ["there is no target either", targets(() => [])],
    ["the targets' zone is off", targets((target) => [{ ...target, state: "unused" }])],
  ] as const)
    it(`has two reasons if no pod is ready, and ${what}`, () => {
      const [noEndpoint, noTarget, ...more] = broken({ ...facts, left: noPods(change(facts.left)) });
      assert.equal(noEndpoint, "left: the Service has no ready endpoint");
      assert.match(noTarget ?? "", /^left: listener TCP 80 has no healthy target/);
      assert.deepEqual(more, []);
    });

  it("is so with one healthy target and one ready pod", () => {
    const oneHealthy = targets((target, index) => [
      { ...target, state: index === 0 ? "healthy" : "initial" },
    ]);
    assert.deepEqual(broken(both(oneHealthy)), []);
    const oneReady = endpoints((endpoint) => [{ ...endpoint, ready: endpoint.node === "node-a" }]);
    assert.deepEqual(broken(both(oneReady)), []);
  });

  it("is not asked of a plan, in which nothing has a state", () => {
    const planned = both(loadBalancer(() => ({ state: "known after the update", listeners: [] })));
    assert.deepEqual(broken({ ...planned, basis: "planned" }), []);
  });

  it("is not known of what no source tells", () => {
    const silent = { kind: "unavailable", reason: "not asked" } as const;
    assert.deepEqual(broken(both((side) => ({ ...side, endpoints: silent, loadBalancer: silent }))), []);
  });

  const unhealthy = targets((target) => [{ ...target, state: "unhealthy" }]);
  const reasons: readonly [what: string, change: Change, left: RegExp, right: RegExp][] = [
    [
      "a UDP port with a check at the node port",
      (exposure) =>
        loadBalancer(({ pools }) => ({ pools: pools.map((pool) => ({ ...pool, protocol: "UDP" })) }))(
          unhealthy(exposure),
        ),
      /has no healthy target: the health check is TCP to a UDP node port, which answers no connection; check kube-proxy's HTTP 10256\/healthz$/,
      /answers no connection; check kube-proxy with the annotations .*healthcheck-protocol: "http", .*healthcheck-port: "10256", .*healthcheck-path: "\/healthz"$/,
    ],
    [
      "a check at a container's port",
      (exposure) =>
        loadBalancer(({ pools }) => ({
          pools: pools.map((pool) => ({ ...pool, healthCheck: { ...pool.healthCheck, port: 8080 } })),
        }))(unhealthy(exposure)),
      /has no healthy target: the health check goes to port 8080 of the nodes, which is no node port of the Service/,
      /the health check goes to port 8080 of the nodes/,
    ],
    [
      "no node ports",
      (exposure) =>
        loadBalancer(() => ({ listeners: [], pools: [] }))(
          ofService({ allocateLoadBalancerNodePorts: false })(exposure),
        ),
      /has no listener: the Service reserves no node ports/,
      /has no listener: the Service reserves no node ports, since allocateLoadBalancerNodePorts is false/,
    ],
  ];
  for (const [what, change, left, right] of reasons) {
    it(`is not so with ${what}, which is given as the reason`, () => {
      const [ours = "", theirs = ""] = broken(both(change));
      assert.match(ours, left);
      assert.match(theirs, right);
    });
  }

  it("has no reason from a check at kube-proxy's port, or at the health-check node port", () => {
    const checkAt = (port: number): Change =>
      loadBalancer(({ pools }) => ({
        pools: pools.map((pool) => ({ ...pool, healthCheck: { ...pool.healthCheck, port } })),
      }));
    for (const exposure of [
      checkAt(10256)(unhealthy(facts.left)),
      ofService({ healthCheckNodePort: 31000 })(checkAt(31000)(unhealthy(facts.left))),
    ]) {
      assert.deepEqual(broken({ ...facts, left: exposure }), ["left: listener TCP 80 has no healthy target"]);
    }
  });

  const refused: readonly [what: string, change: Partial<ServiceFacts>, reason: string][] = [
    [
      "loadBalancerIP",
      { loadBalancerIP: "203.0.113.77" },
      "loadBalancerIP is 203.0.113.77; it must not be set",
    ],
    ["sessionAffinity", { sessionAffinity: "ClientIP" }, "sessionAffinity is ClientIP; allowed is None"],
    [
      "an annotation that does not parse",
      { annotations: { ...nlb, [annotationNames.crossZone]: "yes" } },
      `${annotationNames.crossZone} is "yes"; allowed are true and false`,
    ],
    [
      "a loadBalancerClass",
      { loadBalancerClass: "service.k8s.aws/nlb" },
      "the Service's loadBalancerClass is service.k8s.aws/nlb",
    ],
  ];
  for (const [what, change, reason] of refused) {
    it(`is not so for long if the controller stopped over ${what}, even if both Services have it`, () => {
      const { verdict } = judge(comparedOf(both(ofService(change)), aws), { traffic: [], statements: [] });
      assert.equal(verdict.kind, "different");
      const found = verdict.reasons.filter((each) =>
        each.startsWith("right: the controller has stopped maintaining this load balancer, since "),
      );
      assert.equal(found.length, 1);
      assert.ok(found[0]?.includes(reason), found[0]);
    });
  }

  it("has one reason for each cause over which the controller stops, the one that it meets first before the others", () => {
    const twice = both(ofService({ sessionAffinity: "ClientIP", loadBalancerIP: "192.0.2.1" }));
    const found = broken(twice).filter((each) => each.startsWith("right: "));
    assert.equal(found.length, 2, found.join("\n"));
    assert.match(
      found[0] ?? "",
      /has stopped maintaining .*, since it refuses the Service: sessionAffinity is/,
    );
    assert.match(
      found[1] ?? "",
      /^right: and then the controller refuses the Service: loadBalancerIP is 192/,
    );
  });

  it("is so for long with what the controller reads only when it makes a load balancer", () => {
    const annotations = { ...nlb, [annotationNames.eipAllocations]: "eipalloc-1" };
    const changed = { ...facts, right: ofService({ annotations })(facts.right) };
    assert.deepEqual(broken(changed), []);
  });

  it("decides: two that are broken alike are not equivalent", () => {
    const [, unhealthy] = faults.find(([what]) => what === "no target is healthy") ?? assert.fail();
    const { verdict, counts } = judge(comparedOf(both(unhealthy), aws), { traffic: [], statements: [] });
    assert.deepEqual([counts.unexplained, counts.different], [0, 0]);
    assert.deepEqual(
      [verdict.kind, verdict.sentence, ...verdict.reasons],
      [
        "different",
        "Different: 2 reasons.",
        "left: listener TCP 80 has no healthy target",
        "right: listener TCP 80 has no healthy target",
      ],
    );
  });
});
