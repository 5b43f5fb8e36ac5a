import assert from "node:assert/strict";
import type { AwsFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { costOf, costOfDeployment } from "../../../../../../comparison/clouds/aws/cost/cost.ts";
import { prices } from "../../../../../../comparison/clouds/aws/cost/prices.ts";
import type { ZoneFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { known } from "../../../../../../comparison/model/sourceResult.ts";
import { loadBalancer, run, service } from "../../../statements/run.ts";

const way = (title: string, publicAddresses: number) => ({ title, publicAddresses });
const over = (publicAddresses: number, portsPerService = 1) =>
  costOfDeployment({
    ways: [way("NodePort + own NLB", publicAddresses), way("LoadBalancer", publicAddresses)],
    portsPerService,
  });
const zones = (count: number): ZoneFacts[] =>
  Array.from({ length: count }, (_, index) => ({
    zone: `us-west-2${"abc".charAt(index)}`,
    subnet: `subnet-${index}`,
    addresses: [],
  }));

describe("the cost", () => {
  it("of a load balancer over three zones is the sum of its hours and its addresses' hours", () => {
    assert.deepEqual(over(3).here, [
      {
        way: "NodePort + own NLB",
        monthly: 27.38,
        formula: "1 load balancer x 730 h x $0.0225 + 3 addresses x 730 h x $0.005 = $27.38",
      },
      {
        way: "LoadBalancer",
        monthly: 27.38,
        formula: "1 load balancer x 730 h x $0.0225 + 3 addresses x 730 h x $0.005 = $27.38",
      },
    ]);
  });

  it("of an internal load balancer has no addresses in it", () => {
    assert.equal(over(0).here[0]?.monthly, 16.43);
    assert.equal(over(0).here[0]?.formula, "1 load balancer x 730 h x $0.0225 = $16.43");
  });

  it("of 20 Services over three zones is 547.50 dollars with one each, and 27.38 with one shared", () => {
    assert.deepEqual(over(3).byServices[19], { services: 20, oneEach: 547.5, oneShared: 27.38 });
  });

  it("is given for 1 to 50 Services, and is the same for one either way", () => {
    const { byServices } = over(3);
    assert.deepEqual(
      byServices.map(({ services }) => services),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    assert.equal(byServices[0]?.oneEach, byServices[0]?.oneShared);
    assert.equal(byServices[49]?.oneShared, 27.38);
  });

  it("takes a second shared load balancer beyond 50 listeners", () => {
    const { byServices } = over(3, 2);
    assert.equal(byServices[24]?.oneShared, 27.38);
    assert.equal(byServices[25]?.oneShared, 54.75);
  });

  it("names every price in the formula with its unit, and says when and where prices were read", () => {
    const cost = over(3);
    assert.deepEqual(
      cost.prices.map(({ item, unit, dollars }) => [item, unit, dollars]),
      [
        ["Network Load Balancer", "hour", 0.0225],
        ["public IPv4 address", "hour", 0.005],
        ["capacity unit (NLCU)", "hour", 0.006],
        ["data between zones", "GB in each direction", 0.01],
      ],
    );
    assert.match(cost.date, /^\d{4}-\d{2}-\d{2}$/);
    assert.match(cost.source, /^https:\/\/aws\.amazon\.com\//);
    assert.equal(cost.hoursPerMonth, prices.hoursPerMonth);
  });

  it("says that both ways cost the same, and why, and what a capacity unit would add", () => {
    assert.ok(over(3).notes.some((note) => note.startsWith("Both ways cost the same: AWS charges")));
    assert.ok(over(3).notes.some((note) => note.includes("adds $4.38 a month")));
  });

  it("says when the ways do not cost the same", () => {
    const { here, notes } = costOfDeployment({
      ways: [way("left", 0), way("right", 3)],
      portsPerService: 1,
    });
    assert.deepEqual(
      here.map(({ monthly }) => monthly),
      [16.43, 27.38],
    );
    assert.ok(notes.some((note) => note.startsWith("The costs of the two ways differ")));
    assert.ok(!notes.some((note) => note.startsWith("Both ways cost the same")));
  });
});

const { titles } = run();

describe("the cost of a deployment", () => {
  const of = (left: Parameters<typeof loadBalancer>[1], right = left) =>
    costOf(
      run({
        left: { loadBalancer: known(loadBalancer(32001, left)) },
        right: { loadBalancer: known(loadBalancer(32002, right)) },
      }).facts as AwsFacts,
      titles,
    );

  it("counts an address in each zone of each load balancer", () => {
    const { here, notes } = of({ zones: zones(3) }, { zones: zones(2) });
    assert.deepEqual(
      here.map(({ monthly }) => monthly),
      [27.38, 23.73],
    );
    assert.ok(!notes.some((note) => note.startsWith("Assumed")));
  });

  it("counts none for an internal one", () => {
    assert.equal(of({ zones: zones(3), scheme: "internal" }).here[0]?.monthly, 16.43);
  });

  it("counts as many listeners for a Service as it has ports", () => {
    const port = { name: "a", protocol: "TCP", port: 80, targetPort: 80 };
    const ports = [port, { ...port, name: "b", port: 81 }];
    const { facts } = run({ left: { service: known(service({ ports })) } });
    assert.ok(
      (costOf(facts as AwsFacts, titles).byServices[25]?.oneShared ?? 0) >
        (costOf(facts as AwsFacts, titles).byServices[24]?.oneShared ?? 0),
    );
  });

  it("assumes the nodes' zones if a load balancer cannot be read, and notes the assumption", () => {
    const gone = { kind: "unreachable", reason: "no answer" } as const;
    const { here, notes } = costOf(run({ left: { loadBalancer: gone } }).facts as AwsFacts, titles);
    assert.equal(here[0]?.monthly, 23.73);
    assert.ok(
      notes[0]?.startsWith(
        "Assumed for a load balancer whose zones are not known: internet-facing, with an address in each of 2",
      ),
    );
  });

  it("assumes three zones where nothing at all can be read", () => {
    const gone = { kind: "unreachable", reason: "no answer" } as const;
    const { facts } = run({
      left: { loadBalancer: gone },
      right: { loadBalancer: gone },
      facts: { cluster: gone },
    });
    assert.equal(costOf(facts as AwsFacts, titles).here[0]?.monthly, 27.38);
  });

  it("says what a Service pays of a load balancer that it shares, and nothing of one for itself", () => {
    const costs = { title: "LoadBalancer", publicAddresses: 3 };
    const shared = { title: "NodePort", publicAddresses: 3, shared: { own: 1, others: 9 } };
    const notesOf = (...ways: Parameters<typeof costOfDeployment>[0]["ways"]) =>
      costOfDeployment({ ways, portsPerService: 1 }).notes.filter((note) =>
        note.includes("share its address"),
      );
    assert.deepEqual(notesOf(shared, costs), [
      "The load balancer of NodePort has 10 listeners, 1 of them for this Service. They share its address, and its $27.38 a month are paid once for all: $2.74 for each listener.",
    ]);
    assert.deepEqual(notesOf(costs, costs), []);
  });
});
