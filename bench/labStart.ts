/** The lab's start, compared with that of a minimal cluster and of kwok, from the same programs. */
import { provideLabTools } from "../cli/devLab.ts";
import type { Tools } from "../lab/tools/tools.ts";
import { provideBenchMachine, withLab } from "./benchLab.ts";
import { withDirectory } from "./directory.ts";
import { runEnclosed } from "./labStart/enclosed.ts";
import type { StartTimes } from "./labStart/enclosed.ts";
import { provideKwok } from "./labStart/kwokModule.ts";
import { startReport, startResults } from "./labStart/result.ts";
import { wholeNumber } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";
import type { Benchmark, Running } from "./benchmark.ts";

const defaultRounds = 5;
/** The load balancers' clocks do not matter here. */
const timeScale = 20;

export const labStart: Benchmark = {
  about: "the lab's start, compared with bare etcd and kube-apiserver and with a kwok cluster",
  options: { rounds: ["N", `starts of each (default: ${defaultRounds})`] },
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const rounds = wholeNumber(given, "rounds", defaultRounds, 50);
  const tools = await provideLabTools(await provideBenchMachine(running));
  const kwok = await progress.step("kwok", (report) => provideKwok(report, signal));
  const times = await progress.step("starts", (report) => {
    const contenders = [
      { name: "etcd and kube-apiserver", measure: () => startBare(tools, signal) },
      { name: "kwok", measure: () => startKwok(kwok, tools, signal) },
      { name: "the lab", measure: () => startLab(tools, signal) },
    ];
    return inTurns(contenders, { rounds, signal, report });
  });
  const results = startResults(times);
  return {
    title: "The lab's start",
    method: [
      "Each starts without any state, from the same executables: etcd and kube-apiserver with the lab's own flags and certificates; `kwokctl create cluster --runtime=binary` with etcd, the API server, the controller manager, the scheduler and kwok; the lab with these, the emulated AWS account, the cloud controller manager, the load balancers' data plane and three nodes with kubelet, containerd and kube-proxy.",
      "API server ready: the first `ok` from `/readyz`, requested every 25 ms (for the lab, noticed within another 50 ms). Everything ready: what each of them itself waits for; for the lab three nodes that report Ready, for kwok `--wait`.",
      `${rounds} rounds in turns, in another order each round. Median, with the smallest and the largest in parentheses; a ratio is that of the medians, with the smallest and the largest within one round.`,
    ],
    figures: startReport(results),
    results: { rounds, starts: results },
    doesNotShow: [
      "The first start on a machine, which builds the programs: minutes.",
      "A start of a lab with state: then etcd has data to read, and there are pods to run.",
    ],
  };
}

function startBare(tools: Tools, signal: AbortSignal): Promise<StartTimes> {
  return withDirectory((directory) => runEnclosed("bench/labStart/bare.ts", [tools.bin, directory], signal));
}

function startKwok(kwok: string, tools: Tools, signal: AbortSignal): Promise<StartTimes> {
  return withDirectory((directory) =>
    runEnclosed("bench/labStart/kwok.ts", [kwok, tools.bin, directory], signal),
  );
}

function startLab(tools: Tools, signal: AbortSignal): Promise<StartTimes> {
  return withLab({ tools, timeScale, signal, report: () => undefined }, ({ seconds, milestones }) => {
    const apiServer = milestones.find(({ name }) => name === "API server")?.seconds;
    if (apiServer === undefined) throw new Error("the lab did not say when its API server was ready");
    return Promise.resolve({ apiServer, ready: seconds });
  });
}
