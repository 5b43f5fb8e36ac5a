/** Shows what a command is doing: live on a terminal, line by line elsewhere. */
import { Listr, PRESET_TIMER } from "listr2";

/** Tells what is being done within a step. */
export type Report = (line: string) => void;

/** Where lines are kept, a step that takes long says no more than this often what it is doing. */
const secondsBetweenLines = 5;

export interface Progress {
  /** Runs a step and shows it; what `closing` makes of the result is added to the title. */
  step<T>(title: string, run: (report: Report) => Promise<T>, closing?: (result: T) => string): Promise<T>;
}

/** For commands whose output belongs to a program: steps run unseen. */
export const unseen: Progress = { step: (_title, run) => run(() => undefined) };

export function showProgress(isTerminal: boolean = process.stdout.isTTY): Progress {
  return {
    async step(title, run, closing) {
      // Listr runs tasks for their effect, so the result and the error pass it by.
      let outcome: { result: Awaited<ReturnType<typeof run>> } | { error: unknown } | undefined;
      const steps = new Listr(
        {
          title,
          task: async (_context, task) => {
            const show = (line: string): void => void (task.output = line);
            try {
              const result = await run(isTerminal ? show : throttled(show));
              outcome = { result };
              const detail = closing?.(result) ?? "";
              if (detail !== "") task.title = `${title}: ${detail}`;
            } catch (error) {
              outcome = { error };
              throw new Error("see below", { cause: error });
            }
          },
        },
        {
          // Signals belong to door.ts, messages of errors too.
          registerSignalListeners: false,
          exitOnError: false,
          renderer: isTerminal ? "default" : "simple",
          rendererOptions: { showErrorMessage: false, timer: PRESET_TIMER },
          fallbackRendererOptions: { timer: PRESET_TIMER },
        },
      );
      await steps.run();
      if (outcome === undefined) throw new Error(`the step "${title}" did not run`);
      if ("error" in outcome) throw outcome.error;
      return outcome.result;
    },
  };
}

/** Lets a line through if the last one was long enough ago. */
export function throttled(report: Report, now: () => number = () => performance.now()): Report {
  let last = -Infinity;
  return (line) => {
    if (now() - last < secondsBetweenLines * 1000) return;
    last = now();
    report(line);
  };
}
