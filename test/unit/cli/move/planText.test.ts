import assert from "node:assert/strict";
import { endText, planText } from "../../../../cli/move/planText.ts";
import { stepsOf } from "../../../../cli/move/steps.ts";

const move = { to: "loadBalancer", from: "nodePort" } as const;
const origins = [move.from];

describe("the plan of a move", () => {
  it("has the steps, the waits, and the bill of both load balancers", () => {
    const weights = { nodePort: 40, loadBalancer: 60 };
    const text = planText({
      ...move,
      weights,
      steps: stepsOf({ ...move, origins, weights, shares: [10, 50, 100], removes: false }),
      domainName: "shop.example.com",
      ttlSeconds: 60,
      drainSeconds: 300,
      titles: { nodePort: "own", loadBalancer: "controller's" },
      cost: {
        region: "here",
        hoursPerMonth: 730,
        monthly: { nodePort: 27.38, loadBalancer: 7.3 },
      },
    });
    assert.deepEqual(text.split("\n"), [
      "shop.example.com leads 60 % of the clients to controller's, 40 % to own.",
      "1. Deploy both ways, with the records as they are, until all targets are healthy.",
      "2. Lead 100 % of the clients to controller's; wait 60 s, the time to live; stop if that way is not healthy then.",
      "3. Wait until no connection leads through own, 300 s at most.",
      "It waits 360 s at most, besides what deploying and comparing take.",
      "While both load balancers are there, they cost $0.0475 an hour without traffic: own $0.0375, controller's $0.0100, at the prices of here. Traffic costs the same on either.",
      "own goes on to cost $27.38 a month until it is removed, which --remove does.",
    ]);
  });

  it("ends with the removal of the old way, which then costs nothing", () => {
    const weights = { nodePort: 0, loadBalancer: 100 };
    const steps = stepsOf({ ...move, origins, weights, shares: [100], removes: true });
    const text = planText({
      ...{ ...move, weights, steps, domainName: "shop.example.com", ttlSeconds: 60, drainSeconds: 300 },
      titles: { nodePort: "own", loadBalancer: "controller's" },
      cost: { region: "here", hoursPerMonth: 730, monthly: { nodePort: 27.38, loadBalancer: 7.3 } },
    });
    assert.match(text, /^4\. Remove own: its record, its load balancer and its Service\. The pods stay\.$/m);
    assert.doesNotMatch(text, /goes on to cost/);
  });

  it("says what is deployed if there is no other way", () => {
    const [weights, alone] = [{ loadBalancer: 100 }, { to: "loadBalancer", from: undefined }];
    const text = planText({
      ...{ ...alone, weights, domainName: "shop.example.com", ttlSeconds: 60, drainSeconds: 300 },
      steps: stepsOf({ ...alone, origins: [], weights, shares: [100], removes: true }),
      titles: { loadBalancer: "controller's" },
      cost: undefined,
    });
    assert.deepEqual(text.split("\n").slice(0, 2), [
      "shop.example.com leads 100 % of the clients to controller's.",
      "1. Deploy controller's, which is the only way.",
    ]);
  });
});

describe("the end of a move", () => {
  const end = (nodePort: number, loadBalancer: number): string =>
    endText({
      ...move,
      weights: { nodePort, loadBalancer },
      domainName: "shop.example.com",
      titles: { nodePort: "own", loadBalancer: "controller's" },
    });

  it("says where the records lead clients, whatever was asked for", () => {
    assert.equal(end(50, 50), "shop.example.com leads 50 % of the clients to controller's.");
    assert.equal(end(90, 10), "shop.example.com leads 10 % of the clients to controller's.");
  });

  it("says how to go back once all clients are there", () => {
    assert.equal(
      end(0, 100),
      "shop.example.com leads all clients to controller's. own is still there: the same command with --to nodeport goes back, and with --remove removes it.",
    );
  });

  it("says that the old way is removed, and how to make it anew", () => {
    assert.equal(
      endText({
        ...{ ...move, weights: { loadBalancer: 100 }, domainName: "shop.example.com" },
        titles: { nodePort: "own", loadBalancer: "controller's" },
      }),
      "shop.example.com leads all clients to controller's. own is removed; npm run move -- --to nodeport makes it anew.",
    );
  });

  it("names every way that is still there, also after one of them is removed", () => {
    const text = (from: string | undefined, weights: Readonly<Record<string, number>>): string =>
      endText({
        ...{ to: "shared", from, weights, domainName: "shop.example.com" },
        titles: { nodePort: "own", shared: "both's", loadBalancer: "controller's" },
      });
    assert.equal(
      text("nodePort", { nodePort: 0, loadBalancer: 0, shared: 100 }),
      "shop.example.com leads all clients to both's. " +
        "own is still there: the same command with --to nodeport goes back, and with --from nodeport --remove removes it. " +
        "controller's is still there: the same command with --to loadbalancer goes back, and with --from loadbalancer --remove removes it.",
    );
    const still = /own is still there: .* and with --remove removes it\.$/;
    assert.match(
      text("loadBalancer", { nodePort: 0, shared: 100 }),
      /all clients to both's\. controller's is removed;/,
    );
    assert.match(text("loadBalancer", { nodePort: 0, shared: 100 }), still);
    assert.match(text(undefined, { nodePort: 0, shared: 100 }), still);
  });
});
