import assert from "node:assert/strict";
import { expectationsWith } from "../../../../../comparison/clouds/aws/expectations/index.ts";
import { conclude, openSides } from "../../../../../comparison/scenarios/answers/conclude.ts";
import type { Measured, Shares } from "../../../../../comparison/scenarios/answers/conclude.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import { conditions } from "../conditions.ts";

const shares = (percent: Readonly<Partial<Record<keyof Shares, number>>>) =>
  measured(Object.fromEntries(Object.entries(percent).map(([what, value]) => [what, measured(value)])));
const all = { name: 100, zones: 100, nodes: 100 };

/** @param nodes share of requests to the right side's node ports that are answered, in percent */
const found = (nodes: { readonly open: number; readonly closed?: number }): Measured => ({
  missing: { left: measured(0), right: measured(0) },
  plain: { left: shares(all), right: shares({ ...all, nodes: nodes.open }) },
  shut: {
    closed: {
      left: shares({ name: 100, nodes: 0 }),
      right: shares({ name: 100, nodes: nodes.closed ?? 0 }),
    },
    again: { left: shares({ nodes: 100 }), right: shares({ nodes: nodes.open }) },
  },
});

const ofController = expectationsWith("aws-load-balancer-controller");
const verdicts = (of: Measured, expectations = ofController) =>
  Object.fromEntries(
    conclude(of, { ...conditions(), expectations }).map((finding) => [finding.title, verdictOf(finding)]),
  );
const byNode = "answered by each node's address and node port";
const again = "node ports opened again: by node's address";

describe("who answers, where the nodes let in a load balancer's security group alone", () => {
  it("differs as documented: no client reaches a node port of the AWS Load Balancer Controller's", () => {
    const { [byNode]: open, [again]: opened, ...others } = verdicts(found({ open: 0 }));
    assert.deepEqual([open, opened], ["as documented", "as documented"]);
    assert.deepEqual(new Set(Object.values(others)), new Set(["same"]));
  });

  it("is different if a client gets past the load balancer, if only once in a while", () => {
    for (const open of [3.3, 100]) {
      const { [byNode]: past, [again]: opened } = verdicts(found({ open }));
      assert.deepEqual([past, opened], ["different", "different"], String(open));
    }
    assert.equal(
      verdicts(found({ open: 0, closed: 3.3 }))["node ports closed to clients: by node's address"],
      "different",
    );
  });

  it("is another matter with the cloud controller manager", () => {
    const usual = expectationsWith();
    assert.equal(verdicts(found({ open: 0 }), usual)[byNode], "different");
    assert.equal(verdicts(found({ open: 100 }), usual)[byNode], "same");
    assert.equal(expectationsWith("aws-cloud-controller-manager"), usual);
  });

  it("needs no rule to be closed where none lets clients in", () => {
    assert.deepEqual(openSides(ofController.answers), ["left"]);
    assert.deepEqual(openSides(expectationsWith().answers), ["left", "right"]);
  });
});
