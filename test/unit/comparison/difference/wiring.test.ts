import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, AwsFacts, NlbFacts } from "../../../../comparison/clouds/aws/model.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { known } from "../../../../comparison/model/sourceResult.ts";
import { balancerOf, firewallOf, serviceOf, twoPorts } from "./twoPorts.ts";

function reasonsOf(facts: AwsFacts): readonly string[] {
  return judge(comparedOf(facts, aws), { traffic: [], statements: [] }).verdict.reasons;
}

/** The Service's two ports have each other's node port, and nothing else follows. */
function exchangedOn(side: AwsExposure): AwsExposure {
  const service = serviceOf(side);
  const [http, https] = service.ports;
  assert.ok(http !== undefined && https !== undefined);
  const ports = [
    { ...http, nodePort: https.nodePort ?? 0 },
    { ...https, nodePort: http.nodePort ?? 0 },
  ];
  return { ...side, service: known({ ...service, ports }) };
}

function withBalancer(side: AwsExposure, change: (balancer: NlbFacts) => Partial<NlbFacts>): AwsExposure {
  const balancer = balancerOf(side);
  return { ...side, loadBalancer: known({ ...balancer, ...change(balancer) }) };
}

/** Its listeners for HTTP and HTTPS lead to these of its target groups. */
function leading(side: AwsExposure, ...indexes: readonly number[]): AwsExposure {
  return withBalancer(side, ({ listeners, pools }) => ({
    listeners: listeners.map((listener, index) => ({
      ...listener,
      forwardsTo: [pools[indexes[index] ?? 0]?.identity.id ?? assert.fail()],
    })),
  }));
}

const exchanged = (side: string, [http, https]: readonly [number, number]): string =>
  `node ports ${https} and ${http} are exchanged on the ${side}: ` +
  `its listener TCP 80 leads to node port ${http} of https and TCP 443 leads to node port ${https} of http`;

describe("where listeners lead", () => {
  it("is no reason where both sides have two ports", () => {
    assert.deepEqual(reasonsOf(twoPorts), []);
  });

  it("two exchanged node ports of a Service are one reason, on the left", () => {
    const left = exchangedOn(twoPorts.left);
    assert.deepEqual(reasonsOf({ ...twoPorts, left }), [exchanged("left", [31301, 31443])]);
  });

  it("two exchanged node ports of a Service are one reason, on the right", () => {
    const right = exchangedOn(twoPorts.right);
    assert.deepEqual(reasonsOf({ ...twoPorts, right }), [exchanged("right", [31191, 31444])]);
  });

  it("takes along rules that have other clients for each port", () => {
    const narrow = (side: AwsExposure): AwsExposure => ({
      ...side,
      firewall: known({
        ...firewallOf(side),
        nodes: firewallOf(side).nodes.map((rule) =>
          [31443, 31444].includes(Number(rule.fromPort)) ? { ...rule, source: "10.0.0.0/8" } : rule,
        ),
      }),
    });
    const [left, right] = [narrow(twoPorts.left), narrow(twoPorts.right)];
    const before = reasonsOf({ ...twoPorts, left, right });
    const after = reasonsOf({ ...twoPorts, left: exchangedOn(left), right });
    assert.deepEqual(
      after.filter((reason) => !before.includes(reason)),
      [exchanged("left", [31301, 31443])],
    );
  });

  it("does not hide another cause", () => {
    const left = withBalancer(exchangedOn(twoPorts.left), () => ({ scheme: "internal" }));
    const reasons = reasonsOf({ ...twoPorts, left });
    assert.equal(reasons.length, 2, reasons.join("\n"));
    assert.ok(reasons.some((reason) => reason.includes("scheme is internal")));
  });

  it("does not hide a rule that only one side has", () => {
    const left = exchangedOn(twoPorts.left);
    const nodes = firewallOf(left).nodes.filter(({ fromPort }) => fromPort !== 31443);
    const reasons = reasonsOf({
      ...twoPorts,
      left: { ...left, firewall: known({ ...firewallOf(left), nodes }) },
    });
    assert.ok(
      reasons.some((reason) => reason.includes("lets in nobody")),
      reasons.join("\n"),
    );
  });

  it("listeners that lead to each other's target group are one reason", () => {
    assert.deepEqual(reasonsOf({ ...twoPorts, left: leading(twoPorts.left, 1, 0) }), [
      "node ports 31301 and 31443 are exchanged on the left: " +
        "its listener TCP 80 leads to node port 31443 of https and TCP 443 leads to node port 31301 of http",
    ]);
  });

  for (const side of ["left", "right"] as const)
    it(`a listener that leads to the other port's target group is one reason, on the ${side}`, () => {
      const reasons = reasonsOf({ ...twoPorts, [side]: leading(twoPorts[side], 1, 1) });
      const leads = { left: "31301 of http", right: "31191 of http" };
      const astray = { left: "31443 of https", right: "31444 of https" };
      const to = { ...leads, [side]: astray[side] };
      assert.deepEqual(reasons, [
        `listener TCP 80 leads to node port ${to.left} on the left and to node port ${to.right} on the right`,
      ]);
    });

  it("a target group with the other port's node port is one reason", () => {
    const left = withBalancer(twoPorts.left, ({ pools }) => ({
      pools: pools.map((pool) => ({
        ...pool,
        port: 31443,
        members: pool.members.map((member) => ({ ...member, port: 31443 })),
      })),
    }));
    assert.deepEqual(reasonsOf({ ...twoPorts, left }), [
      "listener TCP 80 leads to node port 31443 of https on the left and to node port 31191 of http on the right",
    ]);
  });
});
