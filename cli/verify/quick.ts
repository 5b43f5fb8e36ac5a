/** The scenarios that `npm start` runs, on a testbed that is deployed while something else is shown. */
import { setMaxListeners } from "node:events";
import type { ScenarioResult } from "../../comparison/result/scenarioSchema.ts";
import { scenarios as all } from "../../comparison/scenarios/catalogue.ts";
import { resultOf } from "../../comparison/scenarios/result.ts";
import type { Progress, Report } from "../progress.ts";
import { GivenUp } from "../stack.ts";
import { provideTestbed } from "./provideTestbed.ts";
import type { ProvidedTestbed, Providing } from "./provideTestbed.ts";
import { testbedTitle, changesOf, runAll } from "./verifyOn.ts";

const scenarios = all.filter(({ quick }) => quick);

export interface Preparing {
  /** Shows the rest of the preparations, and then each scenario. Without a testbed all scenarios fail. */
  readonly run: (progress: Progress) => Promise<ScenarioResult[]>;
  /** Gives up, and resolves when nothing runs any more. */
  readonly end: () => Promise<void>;
}

/** Begins at once. */
export function prepareQuick(
  providing: Providing,
  provide: typeof provideTestbed = provideTestbed,
): Preparing {
  let show: Report = () => undefined;
  const givenUp = new AbortController();
  const signal = AbortSignal.any([providing.signal, givenUp.signal]);
  // Many waits listen to it.
  setMaxListeners(0, signal);
  const providingTestbed = provide({ ...providing, signal }, (line) => {
    show(line);
  });
  // `run` reports a failure. Until then it must not be an unhandled rejection.
  const settled = providingTestbed.then(
    () => undefined,
    () => undefined,
  );
  return {
    async run(progress) {
      let testbed: ProvidedTestbed;
      try {
        const shown = (report: Report): typeof providingTestbed => {
          show = report;
          return providingTestbed;
        };
        testbed = await progress.step(testbedTitle, shown, changesOf);
      } catch (error) {
        signal.throwIfAborted();
        const failure = `there is nothing to run it on: ${(error as Error).message}`;
        const ran = { made: new Date(), seconds: 0, findings: [], failure };
        return scenarios.map((scenario) => resultOf(scenario, ran));
      }
      return runAll(testbed, scenarios, progress);
    },
    async end() {
      givenUp.abort(new GivenUp("the testbed is not needed any more"));
      await settled;
    },
  };
}
