/** Shows what a command is doing: live on a terminal, as plain lines elsewhere. */
import { Listr, PRESET_TIMER } from "listr2";

/** Reports what a step is doing. */
export type Report = (line: string) => void;

/** Where output is not a terminal, a long step prints a line at most this often. */
const secondsBetweenLines = 5;

export interface Step<T> {
  readonly title: string;
  readonly run: (report: Report) => Promise<T>;
  /** Turns the result into words that are added to the title. */
  closing?(result: T): string;
}

export interface Progress {
  /** Runs a step and shows it. */
  step<T>(title: string, run: Step<T>["run"], closing?: Step<T>["closing"]): Promise<T>;
  /** Runs steps at the same time, each to its end, and shows them all. @returns how they ended, in the order of the steps */
  together<T>(steps: readonly Step<T>[]): Promise<PromiseSettledResult<T>[]>;
}

/** Shows nothing: for commands whose output is for programs. */
export const unseen: Progress = within(() => undefined);

/** The steps of a step: each is shown as its line. */
export function within(report: Report): Progress {
  const step: Progress["step"] = (title, run) => {
    report(title);
    return run((line) => report(`${title}: ${line}`));
  };
  return {
    step,
    together: (steps) => Promise.allSettled(steps.map(({ title, run }) => step(title, run))),
  };
}

export function showProgress(isTerminal: boolean = process.stdout.isTTY): Progress {
  const together: Progress["together"] = async <T>(steps: readonly Step<T>[]) => {
    // Listr does not hand on results and errors, so they are kept here.
    const outcomes = new Map<Step<T>, PromiseSettledResult<T>>();
    const tasks = steps.map((step) => ({
      title: step.title,
      task: async (_context: unknown, task: { output: string; title: string }) => {
        const show = (line: string): void => void (task.output = line);
        try {
          const value = await step.run(isTerminal ? show : throttled(show));
          outcomes.set(step, { status: "fulfilled", value });
          const detail = step.closing?.(value) ?? "";
          if (detail !== "") task.title = `${step.title}: ${detail}`;
        } catch (reason) {
          outcomes.set(step, { status: "rejected", reason });
          throw new Error("see below", { cause: reason });
        }
      },
    }));
    await new Listr(tasks, {
      concurrent: true,
      // command.ts handles signals and prints error messages.
      registerSignalListeners: false,
      exitOnError: false,
      renderer: isTerminal ? "default" : "simple",
      rendererOptions: { showErrorMessage: false, timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    }).run();
    return steps.map(
      (step) =>
        outcomes.get(step) ?? { status: "rejected", reason: new Error(`"${step.title}" did not run`) },
    );
  };
  return {
    together,
    async step(title, run, closing) {
      const steps = [{ title, run, ...(closing === undefined ? {} : { closing }) }];
      return resultsOf(await together(steps))[0] as Awaited<ReturnType<typeof run>>;
    },
  };
}

export interface Begun<T> extends Step<T> {
  readonly ended: Promise<T>;
}

/** Begins a step before it is shown. */
export function begun<T>({ run, ...step }: Step<T>): Begun<T> {
  let show: Report = () => undefined;
  const running = run((line) => {
    show(line);
  });
  // A failure is heard of when the step is shown. Until then it must not be an unhandled rejection.
  running.catch(() => undefined);
  return {
    ...step,
    ended: running,
    run(report) {
      show = report;
      return running;
    },
  };
}

/** @throws what the first failed step threw */
export function resultsOf<T>(outcomes: readonly PromiseSettledResult<T>[]): T[] {
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** Lets a line through only if it differs from the last one, and enough time has passed since. */
export function throttled(report: Report, now: () => number = () => performance.now()): Report {
  let last = { line: "", at: -Infinity };
  return (line) => {
    if (line === last.line || now() - last.at < secondsBetweenLines * 1000) return;
    last = { line, at: now() };
    report(line);
  };
}
