/** The scenarios that `npm start` runs, on a testbed of their own, beside other steps. */
import { setMaxListeners } from "node:events";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { scenarios as all } from "../../comparison/scenarios/catalogue.ts";
import { resultOf } from "../../comparison/scenarios/result.ts";
import { runScenario } from "../../comparison/scenarios/run.ts";
import { toldOf } from "../../comparison/scenarios/scenario.ts";
import type { Scenario } from "../../comparison/scenarios/scenario.ts";
import { turnsOf } from "../../comparison/scenarios/turns.ts";
import { GivenUp } from "../operation.ts";
import { begun, resultsOf } from "../progress.ts";
import type { Progress, Report, Step } from "../progress.ts";
import { provideTestbed } from "./provideTestbed.ts";
import type { ProvidedTestbed, Providing } from "./provideTestbed.ts";
import { testbedTitle, changesOf, recordIfAlike, stepsOf } from "./verifyOn.ts";

const scenarios = all.filter(({ quick }) => quick);

type Steps<T extends readonly unknown[]> = { readonly [K in keyof T]: Step<T[K]> };

export interface Preparing {
  /**
   * Shows the rest of the preparations and runs the scenarios. Without a testbed all scenarios fail.
   * @param beside each runs at the same time as one turn of scenarios: the first beside those that measure no durations. The next turn begins when both are done.
   * @throws what the first failed step threw, when nothing runs any more
   */
  readonly run: <T extends readonly unknown[]>(
    progress: Progress,
    beside: Steps<T>,
  ) => Promise<{ readonly results: readonly ScenarioResult[]; readonly beside: T }>;
  /** Gives up, and resolves when nothing runs any more. */
  readonly end: () => Promise<void>;
}

/** Begins at once. */
export function prepareQuick(
  providing: Providing,
  provide: typeof provideTestbed = provideTestbed,
): Preparing {
  const givenUp = new AbortController();
  const signal = AbortSignal.any([providing.signal, givenUp.signal]);
  // Many waits listen to it.
  setMaxListeners(0, signal);
  const giveUp = (): void => {
    givenUp.abort(new GivenUp("the testbed is not needed any more"));
  };
  const preparation = begun({
    title: testbedTitle,
    run: (report) => provide({ ...providing, signal }, report),
    closing: changesOf,
  });
  const provided = preparation.ended;
  const { words } = cloudNamed(providing.settings.cloud);
  const runOnTestbed = async (scenario: Scenario, report: Report): Promise<ScenarioResult> => {
    let testbed: ProvidedTestbed;
    try {
      report("waits for the scenarios' exposures");
      testbed = await provided;
      report("under way");
    } catch (error) {
      signal.throwIfAborted();
      const failure = `there is nothing to run it on: ${(error as Error).message}`;
      const told = toldOf(scenario, words);
      return resultOf(told, { made: new Date(), seconds: 0, findings: [], failure });
    }
    return runScenario(scenario, testbed.testbedFor(report));
  };
  const orGiveUp = (step: Step<unknown>): Step<unknown> => ({
    ...step,
    run: (report) =>
      step.run(report).catch((error: unknown) => {
        giveUp();
        throw error;
      }),
  });
  return {
    async run<T extends readonly unknown[]>(progress: Progress, beside: Steps<T>) {
      const results: ScenarioResult[] = [];
      const others: unknown[] = [];
      const turns = turnsOf(scenarios);
      for (let index = 0; index < Math.max(turns.length, beside.length); index += 1) {
        const preparations = index === 0 ? [preparation] : [];
        const other = beside.slice(index, index + 1).map(orGiveUp);
        const turn = stepsOf(turns[index] ?? [], { scenarios, words }, runOnTestbed);
        const outcomes = await progress.together<unknown>([...preparations, ...other, ...turn]);
        // Without a testbed, the scenarios say so.
        const ended = resultsOf(outcomes.slice(preparations.length));
        others.push(...ended.slice(0, other.length));
        results.push(...(ended.slice(other.length) as ScenarioResult[]));
      }
      await provided.then(
        (testbed) => recordIfAlike(testbed, results),
        () => undefined,
      );
      return { results, beside: others as unknown as T };
    },
    async end() {
      giveUp();
      await provided.catch(() => undefined);
    },
  };
}
