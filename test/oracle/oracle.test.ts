/** The lab's kubernetes plug-in against the official one, on a lab: the same lives of objects, and the same answers. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";
import type { Properties } from "../unit/lab/providers/runningPlugin.ts";
import { comparable } from "./comparable.ts";
import type { Compared } from "./comparable.ts";
import { deliberate } from "./deliberate.ts";
import { listeningEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { isApart, Lane } from "./lane.ts";
import type { ByWay } from "./lane.ts";
import type { Call, Life } from "./life.ts";
import { lives } from "./lives.ts";
import { officialPlugin } from "./officialPlugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/kubernetes/package.json") as { version: string };

/** Most of the time goes by with waiting. */
const laneCount = 4;

describe("the lab's kubernetes plug-in and the official one agree about", function () {
  this.timeout(minutes(15));
  let project: Project;
  let engine: Engine | undefined;
  const lanes: Lane[] = [];
  const led = new Map<Life, Promise<ByWay<Call[]>>>();
  /** Of which deliberate differences there was one. */
  const seen = new Set<string>();

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
    const official = await officialPlugin(version);
    project = await Project.make();
    project.configure("lab:timeScale", 60);
    await project.succeed("lab", "up");
    engine = await listeningEngine();
    const { kubeconfig } = project.settings;
    const setup = { kubeconfig, official, engine: engine.address, directory: project.directory };
    for (let number = 1; number <= laneCount; number += 1) lanes.push(await Lane.make(number, setup));
    for (const life of lives) {
      const calls = laneOf(life).lead(life);
      // Each test sees its own life's failure.
      calls.catch(() => undefined);
      led.set(life, calls);
    }
  });
  after(async () => {
    await Promise.all(lanes.map((lane) => lane.stop()));
    engine?.close();
    await project.remove();
  });

  /** What belongs to the whole cluster stays in one lane. */
  function laneOf(life: Life): Lane {
    const number = isApart(life) ? lives.filter(isApart).indexOf(life) % laneCount : 0;
    return lanes[number] ?? assert.fail();
  }

  /** Both lives as they are compared: what our own one did, and what the official one did but for deliberate differences. */
  function sides(calls: ByWay<Call[]>, life: Life): Record<"own" | "expected", readonly Compared[]> {
    const { namespaces } = laneOf(life);
    const official = comparable(calls.official, life, namespaces.official);
    const expected = deliberate.reduce<readonly Compared[]>((before, { id, asOwn }) => {
      const after = asOwn(before, life);
      if (!isDeepStrictEqual(after, before)) seen.add(id);
      return after;
    }, official);
    return { own: comparable(calls.own, life, namespaces.own), expected };
  }

  for (const life of lives) {
    it(life.what, async () => {
      let calls = (await led.get(life)) ?? assert.fail();
      const { own, expected } = sides(calls, life);
      // On a busy machine the official plug-in can take a Deployment of before its own update for the updated one.
      if (!isDeepStrictEqual(own, expected)) calls = await laneOf(life).lead(life);
      const last = sides(calls, life);
      assert.deepEqual(last.own, last.expected);
      for (const said of life.says ?? [])
        for (const each of [calls.own, calls.official])
          assert(errorsOf(each).includes(said), `${said} is not in: ${errorsOf(each)}`);
    });
  }

  for (const { id, own } of deliberate) {
    it(`everything but this, on purpose: ${own}`, () => {
      assert(seen.has(id), `no life shows ${id}`);
    });
  }
});

const errorsOf = (calls: readonly Call[]): string =>
  calls
    .map(({ error, answer }) => error ?? JSON.stringify((answer as Properties | undefined)?.failures ?? ""))
    .join("\n");
