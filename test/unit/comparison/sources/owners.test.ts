import assert from "node:assert/strict";
import type { Exposure } from "../../../../comparison/model/exposure.ts";
import type { AwsExposure, AwsFacts, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import type { Owner } from "../../../../comparison/model/owner.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { assignOwners } from "../../../../comparison/sources/owners.ts";
import { serviceKey, memberKey } from "../../../../comparison/sources/state.ts";
import type { Declared } from "../../../../comparison/sources/state.ts";
import { planned } from "../plan/planned.ts";

/** The facts of a plan, as collectors would report them: who made what is not known. */
async function collected(owner: Owner): Promise<AwsFacts> {
  const { left, ...facts } = await planned();
  const loadBalancer = factsIn(left.loadBalancer)!;
  const rule = (facts: RuleFacts): RuleFacts => ({ ...facts, owner });
  const exposure: AwsExposure = {
    ...left,
    service: known({ ...factsIn(left.service)!, owner }),
    loadBalancer: known({
      ...loadBalancer,
      owner,
      listeners: loadBalancer.listeners.map((listener) => ({ ...listener, owner })),
      pools: loadBalancer.pools.map((group) => ({
        ...group,
        owner,
        members: group.members.map((target) => ({ ...target, owner })),
      })),
    }),
    firewall: known({ nodes: factsIn(left.firewall)!.nodes.map(rule), loadBalancer: [] }),
  };
  return {
    ...facts,
    basis: "measured",
    state: { kind: "unavailable", reason: "not read" },
    left: exposure,
    right: exposure,
  };
}

/** Every object's owner, by what it is. */
function ownersOf(exposure: Exposure): Record<string, Owner> {
  const { service, loadBalancer, firewall } = exposure as AwsExposure;
  const [own, balancer] = [factsIn(service)!, factsIn(loadBalancer)!];
  return Object.fromEntries([
    ["service", own.owner],
    ["load balancer", balancer.owner],
    ...balancer.listeners.map(({ owner }) => ["listener", owner] as const),
    ...balancer.pools.map(({ owner }) => ["target group", owner] as const),
    ...balancer.pools.flatMap(({ members }) =>
      members.map(({ id, owner }) => [`target ${id}`, owner] as const),
    ),
    ...factsIn(firewall)!.nodes.map(({ ipProtocol, owner }) => [`${ipProtocol} rule`, owner] as const),
  ]);
}

const nothing: Declared = {
  ids: new Set(),
  services: new Set(),
  members: new Set(),
  attachedPools: new Set(),
  poolsOfControllers: new Map(),
};

describe("owners", () => {
  const objects = [
    "service",
    "load balancer",
    "listener",
    "target group",
    "target i-node-a",
    "target i-node-b",
    "target i-node-c",
    "tcp rule",
    "icmp rule",
  ];

  it("are what the objects themselves say, where a state does not have them", async () => {
    const facts = assignOwners(await collected("cloud controller"), known(nothing));
    assert.deepEqual(facts.state, known("read"));
    const expected = Object.fromEntries(objects.map((object) => [object, "cloud controller"]));
    assert.deepEqual(ownersOf(facts.left), expected);
    assert.deepEqual(ownersOf(facts.right), expected);
  });

  const cases: readonly [object: string, declared: (exposure: AwsExposure) => Partial<Declared>][] = [
    [
      "service",
      ({ service }) => {
        const { namespace, identity } = factsIn(service)!;
        return { services: new Set([serviceKey(namespace, identity.name)]) };
      },
    ],
    ["load balancer", ({ loadBalancer }) => ({ ids: new Set([factsIn(loadBalancer)!.identity.id]) })],
    [
      "listener",
      ({ loadBalancer }) => ({ ids: new Set([factsIn(loadBalancer)!.listeners[0]!.identity.id]) }),
    ],
    [
      "target group",
      ({ loadBalancer }) => ({ ids: new Set([factsIn(loadBalancer)!.pools[0]!.identity.id]) }),
    ],
    [
      "target i-node-b",
      ({ loadBalancer }) => ({
        members: new Set([memberKey(factsIn(loadBalancer)!.pools[0]!.identity.id, "i-node-b")]),
      }),
    ],
    [
      "icmp rule",
      ({ firewall }) => ({
        ids: new Set(
          factsIn(firewall)!
            .nodes.filter(({ ipProtocol }) => ipProtocol === "icmp")
            .map(({ identity }) => identity.id),
        ),
      }),
    ],
  ];
  for (const [object, declared] of cases) {
    it(`say that the ${object} is the program's, and nothing else, if that is what the state has`, async () => {
      const facts = await collected("other");
      const { left } = assignOwners(facts, known({ ...nothing, ...declared(facts.left) }));
      const expected = objects.map((each) => [each, each === object ? "program" : "other"]);
      assert.deepEqual(ownersOf(left), Object.fromEntries(expected));
    });
  }

  it("say that all targets are the program's where it attached an Auto Scaling group, which registers them", async () => {
    const facts = await collected("other");
    const attachedPools = new Set([factsIn(facts.left.loadBalancer)!.pools[0]!.identity.id]);
    const { left } = assignOwners(facts, known({ ...nothing, attachedPools }));
    const expected = objects.map((each) => [each, each.startsWith("target i-") ? "program" : "other"]);
    assert.deepEqual(ownersOf(left), Object.fromEntries(expected));
  });

  it("say that all targets are a controller's where it registers them in a group of the program's", async () => {
    const facts = await collected("other");
    const { id } = factsIn(facts.left.loadBalancer)!.pools[0]!.identity;
    const controller: Owner = "other: AWS Load Balancer Controller";
    const poolsOfControllers = new Map([[id, controller]]);
    const { left } = assignOwners(facts, known({ ...nothing, ids: new Set([id]), poolsOfControllers }));
    const owner = (object: string): Owner => {
      if (object === "target group") return "program";
      return object.startsWith("target i-") ? controller : "other";
    };
    assert.deepEqual(ownersOf(left), Object.fromEntries(objects.map((each) => [each, owner(each)])));
  });

  for (const kind of ["unavailable", "unreachable"] as const) {
    it(`stay as they are, and the facts say why, if the state is ${kind}`, async () => {
      const facts = await collected("other");
      const state = { kind, reason: "there is none" } as const;
      assert.deepEqual(assignOwners(facts, state), { ...facts, state });
    });
  }

  it("leave alone what is not known", async () => {
    const facts = await collected("other");
    const gone = { kind: "unreachable", reason: "gone" } as const;
    const left = { ...facts.left, loadBalancer: gone, service: gone, firewall: gone };
    assert.deepEqual(assignOwners({ ...facts, left }, known(nothing)).left, left);
  });
});
