/** The lab's start, against the least that a cluster can be and against kwok, with the same programs. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideLabTools, provideMachine } from "../cli/devLab.ts";
import type { Tools } from "../lab/tools/tools.ts";
import { withLab } from "./benchLab.ts";
import { runEnclosed } from "./labStart/enclosed.ts";
import type { StartTimes } from "./labStart/enclosed.ts";
import { provideKwok } from "./labStart/kwokModule.ts";
import { startReport, startResults } from "./labStart/result.ts";
import { wholeNumber } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { inTurns } from "./rounds.ts";
import type { Benchmark, Running } from "./running.ts";

const defaultRounds = 5;
/** The clocks of load balancers play no part. */
const timeScale = 20;

export const labStart: Benchmark = {
  usage: `lab-start    the lab's start against bare etcd and kube-apiserver, and against a cluster of kwok's
  --rounds N         how often each is started (default ${defaultRounds})`,
  options: ["rounds"],
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const rounds = wholeNumber(given, "rounds", defaultRounds, 50);
  await provideMachine(running);
  const tools = await provideLabTools(running);
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
      "API server ready: the first `ok` of `/readyz`, asked every 25 ms (the lab's: every 25 ms, noticed within 50 ms). Everything ready: what each of them waits for itself; for the lab three nodes that report Ready, for kwok `--wait`.",
      `${rounds} rounds in turns, each in another order. Median, with the smallest and the largest in parentheses; a ratio is that of the medians, with the smallest and the largest within one round.`,
    ],
    figures: startReport(results),
    results: { rounds, starts: results },
    doesNotShow: [
      "The first start on a machine, which builds the programs: minutes.",
      "What a start of a lab with state takes: etcd then has something to read, and pods to run.",
    ],
  };
}

function startBare(tools: Tools, signal: AbortSignal): Promise<StartTimes> {
  return inDirectory((directory) => runEnclosed("bench/labStart/bare.ts", [tools.bin, directory], signal));
}

function startKwok(kwok: string, tools: Tools, signal: AbortSignal): Promise<StartTimes> {
  return inDirectory((directory) =>
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

async function inDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "start-bench-"));
  chmodSync(directory, 0o755);
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
