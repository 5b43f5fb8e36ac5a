import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareQuick } from "../../../../cli/verify/quick.ts";
import type { ProvidedTestbed, Providing } from "../../../../cli/verify/provideTestbed.ts";
import { unseen } from "../../../../cli/progress.ts";
import type { Progress, Step } from "../../../../cli/progress.ts";
import { scenarios } from "../../../../comparison/scenarios/catalogue.ts";
import { features } from "../../../../comparison/clouds/feature.ts";
import type { Feature } from "../../../../comparison/clouds/feature.ts";
import { scenariosVerdict } from "../../../../comparison/scenarios/result.ts";
import { turnsOf } from "../../../../comparison/scenarios/turns.ts";
import { fakeTestbed } from "../../comparison/scenarios/fakeTestbed.ts";

const quick = scenarios.filter((scenario) => scenario.quick).map(({ id }) => id);

const on = (signal = new AbortController().signal): Providing =>
  ({ signal, settings: { cloud: undefined } }) as unknown as Providing;

describe("the scenarios of npm start", () => {
  it("all fail, with the reason, where their testbed could not be deployed: the comparison goes on without them", async () => {
    const { run } = prepareQuick(on(), () => Promise.reject(new Error("no room")));
    // A failure that nobody waits for yet ends nothing.
    await sleep(1);
    const { results } = await run(unseen, []);
    assert.deepEqual(
      results.map(({ id }) => id),
      quick,
    );
    for (const { failure } of results) assert.equal(failure, "there is nothing to run it on: no room");
    assert.equal(scenariosVerdict(results), "incomplete");
  });

  it("run on the testbed, which is not in order any more where one went amiss", async () => {
    let left = false;
    const nothing = fakeTestbed({ features: new Set(Object.keys(features) as Feature[]) });
    const testbed: ProvidedTestbed = {
      testbedFor: () => nothing,
      changes: "",
      recordHealthy: () => (left = true),
    };
    const { results } = await prepareQuick(on(), () => Promise.resolve(testbed)).run(unseen, []);
    assert.ok(results.every(({ failure }) => failure !== null));
    assert.equal(left, false);
  });

  it("run beside other steps, each of which is over before the next turn begins", async () => {
    const order: string[] = [];
    const progress: Progress = {
      ...unseen,
      together: async (steps) => {
        order.push(`[${steps.map(({ title }) => title).join(", ")}]`);
        return unseen.together(steps);
      },
    };
    const step = (title: string): Step<string> => ({
      title,
      async run() {
        await sleep(20);
        order.push(`${title} over`);
        return `result of ${title}`;
      },
    });
    const { run } = prepareQuick(on(), () => Promise.reject(new Error("no room")));
    const { beside } = await run(progress, [step("a"), step("b")]);
    assert.deepEqual(beside, ["result of a", "result of b"]);
    const [first = "", , second = ""] = order;
    assert.match(first, /^\[the scenarios' exposures, a, scenario 1 of /);
    assert.match(second, /^\[b, scenario \d of /);
    assert.deepEqual(
      order.filter((line) => line.endsWith("over")),
      ["a over", "b over"],
    );
    assert.ok(order.indexOf("a over") < order.indexOf(second));
  });

  it("that measure durations never run beside the first step", () => {
    const [first = []] = turnsOf(scenarios.filter((scenario) => scenario.quick));
    assert.ok(first.every(({ beside }) => beside === "looking on"));
  });

  it("end when a step beside them fails, which is the failure", async () => {
    const { run } = prepareQuick(on(), async ({ signal }) => {
      await sleep(60_000, undefined, { signal });
      throw new Error("nobody gave it up");
    });
    const failing = { title: "pulumi up", run: () => Promise.reject(new Error("refused")) };
    await assert.rejects(run(unseen, [failing]), /refused/);
  });

  it("are given up without leaving anything under way", async () => {
    let ended = false;
    const { end } = prepareQuick(on(), async ({ signal }) => {
      await sleep(60_000, undefined, { signal }).catch(() => undefined);
      await sleep(20);
      ended = true;
      throw new Error("given up");
    });
    await end();
    assert.equal(ended, true);
  });

  it("are no failure but an end when the command is stopped", async () => {
    const stopped = new AbortController();
    const { run } = prepareQuick(on(stopped.signal), async ({ signal }) => {
      await sleep(60_000, undefined, { signal });
      throw new Error("nobody stopped it");
    });
    stopped.abort(new Error("stopped by SIGINT"));
    await assert.rejects(run(unseen, []), /stopped by SIGINT/);
  });
});
