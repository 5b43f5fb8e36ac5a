/**
 * Builds the lab's tools without starting a lab, and prints plain lines of progress: `node loading/run.mjs lab/tools/main.ts`. With
 * `--load-balancer-controller` and `--load-balancer-proxy` also what a cloud has of these, with `--kubernetes-version VERSION` also that version of Kubernetes;
 * with `--cloud NAME` for the labs of another cloud.
 */
import { constants } from "node:os";
import { parseArgs } from "node:util";
import { labCloud } from "../clouds/index.ts";
import { kubernetesVersions } from "../kubernetesVersions.ts";
import { providePulumi, provideTools } from "./tools.ts";
import type { Progress } from "./tools.ts";

const { values } = parseArgs({
  options: {
    cloud: { type: "string" },
    "kubernetes-version": { type: "string" },
    "load-balancer-controller": { type: "boolean" },
    "load-balancer-proxy": { type: "boolean" },
  },
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
  const given = values["kubernetes-version"];
  const kubernetesVersion = kubernetesVersions.find((version) => version === given);
  if (given !== undefined && kubernetesVersion === undefined)
    throw new Error(`--kubernetes-version is "${given}"; it must be one of ${kubernetesVersions.join(", ")}`);
  const options = {
    cloud: labCloud(values.cloud),
    kubernetesVersion,
    loadBalancerController: values["load-balancer-controller"],
    loadBalancerProxy: values["load-balancer-proxy"],
    onProgress,
    signal: stop.signal,
  };
  console.log(await provideTools(options));
  console.log(await providePulumi(options));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = interrupted === undefined ? 1 : 128 + constants.signals[interrupted];
}
