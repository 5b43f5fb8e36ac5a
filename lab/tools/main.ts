/**
 * Builds the lab's tools without starting a lab, and prints plain lines of progress: `node loading/run.mjs lab/tools/main.ts`. With
 * `--load-balancer-controller` also the cloud's optional controller, with `--kubernetes-version VERSION` also that version of Kubernetes.
 */
import { constants } from "node:os";
import { parseArgs } from "node:util";
import { kubernetesVersions } from "../kubernetesVersions.ts";
import { providePulumi, provideTools } from "./tools.ts";
import type { Progress } from "./tools.ts";

const { values } = parseArgs({
  options: { "load-balancer-controller": { type: "boolean" }, "kubernetes-version": { type: "string" } },
});
const intervalMs = 5000;
const started = performance.now();
const stop = new AbortController();
let interrupted: NodeJS.Signals | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    interrupted = signal;
    stop.abort(new Error(`stopped by ${signal}; the next call continues the build`));
  });
}

const printed = new Map<string, number>();
function onProgress({ step, done, total, detail }: Progress): void {
  const now = performance.now();
  if (now - (printed.get(step) ?? -Infinity) < intervalMs && (done < total || total === 0)) return;
  printed.set(step, now);
  const seconds = ((now - started) / 1000).toFixed(0).padStart(4);
  console.log(`${seconds} s  ${step}: ${total === 0 ? "" : `${done} of ${total}, `}${detail}`);
}

try {
  const loadBalancerController = values["load-balancer-controller"];
  const given = values["kubernetes-version"];
  const kubernetesVersion = kubernetesVersions.find((version) => version === given);
  if (given !== undefined && kubernetesVersion === undefined)
    throw new Error(`--kubernetes-version is "${given}"; it must be one of ${kubernetesVersions.join(", ")}`);
  const optional = { loadBalancerController, kubernetesVersion };
  console.log(await provideTools({ ...optional, onProgress, signal: stop.signal }));
  console.log(await providePulumi({ onProgress, signal: stop.signal }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = interrupted === undefined ? 1 : 128 + constants.signals[interrupted];
}
