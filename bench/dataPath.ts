/** The data path: what a request through a load balancer costs, compared with the node port alone and with TCP proxies. */
import { provideDevPulumi } from "../cli/devPulumi.ts";
import { provideLabTools } from "../cli/devLab.ts";
import { exposuresOf } from "../cli/exposures.ts";
import { awaitHealthyTargets } from "../cli/healthyTargets.ts";
import { labOperations } from "../cli/labOperations.ts";
import { deploy } from "../cli/stack.ts";
import { thisMachine } from "../lab/requirements/machine.ts";
import { provideBenchMachine, withLab } from "./benchLab.ts";
import type { BenchLab } from "./benchLab.ts";
import { openBenchStack } from "./benchStack.ts";
import { prepareNetwork, serversOf, startProxies, targetsOf } from "./dataPath/contenders.ts";
import type { InstalledProxy } from "./dataPath/contenders.ts";
import { provideEnvoy } from "./dataPath/envoyWheel.ts";
import { awaitAnswers, measureMode, modes } from "./dataPath/measure.ts";
import { envoy, haproxy } from "./dataPath/proxies.ts";
import { modeReport } from "./dataPath/report.ts";
import { modeResult } from "./dataPath/result.ts";
import type { ModeResult } from "./dataPath/result.ts";
import { someOf, wholeNumber } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { cloudNamed } from "../comparison/clouds/index.ts";
import { benchCloud } from "./clouds/index.ts";
import { provideCommands } from "./requirements.ts";
import type { Benchmark, Running } from "./benchmark.ts";

const proxyNames = ["haproxy", "envoy"] as const;
type ProxyName = (typeof proxyNames)[number];

const defaults = { rounds: 7, seconds: 2 } as const;
/** Registering a target takes 3 s instead of 180; the data path itself has no clock. */
const timeScale = 60;

export const dataPath: Benchmark = {
  about:
    "requests per second and their latency through a pod, a node port, both load balancers and TCP proxies",
  options: {
    rounds: ["N", `turns of each contender in each mode (default: ${defaults.rounds})`],
    seconds: ["N", `length of a turn (default: ${defaults.seconds})`],
    proxies: ["LIST", `any of ${proxyNames.join(", ")}, separated by commas; "" is none (default: all)`],
  },
  run,
};

async function run(running: Running): Promise<Outcome> {
  const { progress, signal, given } = running;
  const rounds = wholeNumber(given, "rounds", defaults.rounds, 100);
  const seconds = wholeNumber(given, "seconds", defaults.seconds, 60);
  const proxies = someOf(given, "proxies", proxyNames);
  const machine = await provideBenchMachine(running);
  const installed = await progress.step("load generator and proxies", (report) =>
    provide(proxies, report, signal),
  );
  const tools = await provideLabTools(machine);
  await provideDevPulumi(running);
  const results = await progress.step("data path", (report) =>
    withLab({ tools, timeScale, signal, report }, async (lab) => {
      const targets = await deployTargets(lab, installed, report, signal);
      const servers = await serversOf(lab, installed, signal);
      const measuring = { lab: lab.lab, servers, rounds, seconds, signal, report };
      await awaitAnswers(targets, measuring);
      const measured: ModeResult[] = [];
      for (const mode of modes) {
        const figures = await measureMode(mode, targets, measuring);
        measured.push(
          modeResult(
            mode.name,
            figures,
            installed.map(({ proxy }) => proxy.name),
          ),
        );
      }
      return measured;
    }),
  );
  return {
    title: "Data path",
    method: method(rounds, seconds),
    figures: results.map(modeReport).join("\n\n"),
    results: { rounds, seconds, modes: results },
    doesNotShow,
  };
}

async function provide(
  names: readonly ProxyName[],
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<InstalledProxy[]> {
  const commands = [
    { command: "wrk", why: "it sends the requests", isService: false },
    ...(names.includes("haproxy")
      ? [
          {
            command: "haproxy",
            why: "one of the TCP proxies; not needed with --proxies envoy",
            isService: true,
          },
        ]
      : []),
  ];
  await provideCommands(commands, report);
  const programs: Readonly<Record<ProxyName, () => Promise<InstalledProxy>>> = {
    haproxy: () => Promise.resolve({ proxy: haproxy, program: thisMachine().which("haproxy") ?? "haproxy" }),
    envoy: async () => ({ proxy: envoy, program: await provideEnvoy(report, signal) }),
  };
  const installed: InstalledProxy[] = [];
  for (const name of names) installed.push(await programs[name]());
  return installed;
}

async function deployTargets(
  lab: BenchLab,
  installed: readonly InstalledProxy[],
  report: (line: string) => void,
  signal: AbortSignal,
) {
  const stack = await openBenchStack(lab, benchCloud(lab.settings.cloud).bothWays, signal);
  const { outputs } = await deploy(stack, { planned: 0, refresh: false, report, signal });
  const exposures = exposuresOf(outputs, lab.settings);
  const { clocks } = cloudNamed(lab.settings.cloud);
  const waiting = { cloud: await labOperations(lab.settings), clocks, timeScale, signal, report };
  for (const exposure of [exposures.nodePort, exposures.loadBalancer])
    await awaitHealthyTargets(exposure, waiting);
  const targets = [
    ...(await targetsOf(lab, exposures)),
    ...(await startProxies(lab, exposures, installed, signal)),
  ];
  await prepareNetwork(lab, targets, signal);
  return targets;
}

function method(rounds: number, seconds: number): string[] {
  return [
    "wrk with one thread, in the network namespace of the lab's client outside the VPC, requests agnhost's `/hostname`. Every way leads to the same pod: directly, through its node's port, through each load balancer's address in that node's zone, and to the same node port through a TCP proxy in the router, where the load balancers' data plane runs.",
    `${rounds} rounds of ${seconds} s for each contender, in turns, in another order each round. A figure is the median over the rounds, with the smallest and the largest in parentheses; a ratio is that of the medians, with the smallest and the largest within one round.`,
    "`externalTrafficPolicy: Local`, so that the node keeps the client's address: under `Cluster`, each new connection uses one of the node's ports towards the pod, and the number of those ports would be measured. HAProxy and Envoy in TCP mode with their default settings.",
    "Processor time of a request: that of wrk, the pods and the proxies, including the kernel's work on the packets, which is accounted to them. On a machine with other work, requests per second depend on what that work leaves over; processor time tells what a way costs, and so how many requests a dedicated machine could serve.",
    "The two node ports lead to the same pod through two Services that differ only in type: how far their ratio is from 1 shows the effect of chance.",
  ];
}

const doesNotShow: readonly string[] = [
  "Throughput of AWS's load balancers: the lab's are packet filter rules in this machine's kernel; the capacity of AWS's is up to AWS.",
  "The cost of a network: client, load balancer, node and pod are namespaces on one machine, and share its processors with the load generator.",
  "Proxies at their best: they are not tuned, and stand for what else could be put in front of a node port.",
];
