import assert from "node:assert/strict";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import {
  answerOf,
  isRefusal,
  outageFindings,
  parts,
} from "../../../../../comparison/scenarios/outages/conclude.ts";
import type { Outage, Outages } from "../../../../../comparison/scenarios/outages/conclude.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Sample } from "../../../../../comparison/scenarios/traffic/load.ts";
import { answered, lost } from "../samples.ts";

const refused = "refused: the Kubernetes API at https://127.0.0.1:6443 is unreachable";

const outage = (left: [string, string], right: [string, string], from: number): Outage => ({
  from,
  to: from + 1000,
  answers: { left: left[0], right: right[0] },
  caughtUp: { left: { by: left[1], seconds: 3 }, right: { by: right[1], seconds: 4 } },
});

/** As documented. */
const happened: Outages = {
  "cloud controller": outage(["done", "meanwhile"], ["done", "by itself"], 0),
  "API server": outage([refused, "asked again"], [refused, "asked again"], 1000),
  "AWS API": outage([refused, "asked again"], ["done", "by itself"], 2000),
};

function findings(changes: Partial<Outages> = {}, samples: readonly Sample[] = [answered("http", 500)]) {
  const one = measured({
    happened: { ...happened, ...changes },
    samples,
    nodeOfPod: new Map([["pod-1", "node-a"]]),
  });
  return outageFindings({ left: one, right: one });
}

const amiss = (all: ReturnType<typeof findings>): string[] =>
  all.filter((finding) => verdictOf(finding) === "different").map(({ title }) => title);

describe("outages of what makes changes", () => {
  it("are as documented if the data path goes on and each side catches up by its own means", () => {
    assert.equal(parts.length, 3);
    assert.deepEqual(amiss(findings()), []);
  });

  it("are not if a request is lost, told by the outage in which it was sent", () => {
    const samples = [answered("http", 500), lost("http keep-alive", 1500)];
    assert.deepEqual(amiss(findings({}, samples)), ["API server down: lost, keep-alive"]);
  });

  it("are not if somebody acts who can't, or does not who has to", () => {
    const nobody = outage(["done", "meanwhile"], ["done", "nothing that was tried"], 0);
    assert.deepEqual(amiss(findings({ "cloud controller": nobody })), [
      "cloud controller down: the load balancer has it",
    ]);
    const early = outage([refused, "asked again"], ["done", "by itself"], 1000);
    assert.deepEqual(amiss(findings({ "API server": early })), [
      "API server down: a port added",
      "API server down: the load balancer has it",
    ]);
  });

  it("are not if catching up takes longer than the controller's next try", () => {
    const late: Outage = {
      ...happened["AWS API"],
      caughtUp: { left: { by: "asked again", seconds: 3 }, right: { by: "by itself", seconds: 310 } },
    };
    assert.deepEqual(amiss(findings({ "AWS API": late })), ["AWS API down: from then until it has it"]);
  });
});

describe("the answer to a change", () => {
  it("is that it is done, or why not", async () => {
    assert.equal(await answerOf(() => Promise.resolve(1)), "done");
    assert.equal(
      await answerOf(() => Promise.reject(new Error("connect ECONNREFUSED\n    at socket"))),
      "refused: connect ECONNREFUSED",
    );
  });

  it("is a refusal only if it says what does not answer", () => {
    assert.equal(isRefusal(refused), true);
    assert.equal(isRefusal("refused: exit code 255"), false);
    assert.equal(isRefusal("done"), false);
  });
});
