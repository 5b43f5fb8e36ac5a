/** Builds the lab's tools by hand, with plain lines of progress: `node --import tsx lab/tools/main.ts`. */
import { constants } from "node:os";
import { providePulumi, provideTools } from "./tools.ts";
import type { Progress } from "./tools.ts";

const everyMilliseconds = 5000;
const started = performance.now();
const stop = new AbortController();
let interrupted: NodeJS.Signals | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    interrupted = signal;
    stop.abort(new Error(`stopped by ${signal}; the next call goes on from here`));
  });
}

const printed = new Map<string, number>();
function onProgress({ step, done, total, detail }: Progress): void {
  const now = performance.now();
  if (now - (printed.get(step) ?? -Infinity) < everyMilliseconds && (done < total || total === 0)) return;
  printed.set(step, now);
  const seconds = ((now - started) / 1000).toFixed(0).padStart(4);
  console.log(`${seconds} s  ${step}: ${total === 0 ? "" : `${done} of ${total}, `}${detail}`);
}

try {
  console.log(await provideTools({ onProgress, signal: stop.signal }));
  console.log(await providePulumi({ onProgress, signal: stop.signal }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = interrupted === undefined ? 1 : 128 + constants.signals[interrupted];
}
