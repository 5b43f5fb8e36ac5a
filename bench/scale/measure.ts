/** Deploys a number of exposures of one kind on a new lab and measures what they cost. */
import type { PreviewResult, Stack } from "@pulumi/pulumi/automation/index.js";
import { deploy } from "../../cli/stack.ts";
import { nodes } from "../../lab/layout.ts";
import { until } from "../../lab/until.ts";
import type { Tools } from "../../lab/tools/tools.ts";
import { withLab } from "../benchLab.ts";
import type { BenchLab } from "../benchLab.ts";
import { openBenchStack } from "../benchStack.ts";
import type { BalancerState, BenchCloud, Kind } from "../clouds/cloud.ts";
import { benchCloud } from "../clouds/index.ts";
import { effort } from "../processorTime.ts";
import { median } from "../statistics.ts";
import type { Figures } from "./figures.ts";
import { measureMemory } from "./memory.ts";
import { measureArrival } from "./newEndpoint.ts";
import type { Arrival } from "./newEndpoint.ts";
import { ruleSetSize } from "./ruleSet.ts";

/** Registration takes 18 s instead of 180, and a target is checked every 3 s: with faster clocks, checking hundreds of targets would itself be a load. */
export const timeScale = 10;
/** How many new pods are measured on one lab. */
export const arrivals = 3;
/** Makes Pulumi write its state only at the end of an update. https://www.pulumi.com/docs/iac/cli/environment-variables/ */
const withoutCheckpoints = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } as const;
/** How long the load balancers may take until all their targets are healthy. */
const patienceMilliseconds = 180_000;

export interface Measuring {
  readonly tools: Tools;
  readonly kind: Kind;
  readonly count: number;
  /** Whether Pulumi writes its state after each step, as it does by default. */
  readonly checkpoints: boolean;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

export function measureExposures(measuring: Measuring): Promise<Figures> {
  const { tools, kind, count, checkpoints, signal, report } = measuring;
  const cloud = benchCloud();
  const quotas = cloud.quotasFor(count);
  return withLab({ tools, timeScale, quotas, signal, report }, async (lab) => {
    const environment = checkpoints ? {} : withoutCheckpoints;
    const stack = await openBenchStack(lab, cloud.manyExposures(kind, count), signal, environment);
    report("preview");
    const preview = await effort(() => previewOf(stack, signal));
    let namespace = "";
    const up = await effort(async () => {
      const { outputs } = await deploy(stack, { planned: 0, refresh: false, report, signal });
      namespace = String(outputs.namespace?.value);
    });
    report("preview without changes");
    const previewUnchanged = await effort(async () => {
      const { same: _same, ...changes } = await previewOf(stack, signal);
      if (Object.keys(changes).length > 0)
        throw new Error(`a preview right after \`up\` finds changes: ${JSON.stringify(changes)}`);
    });
    const addresses = await healthyAddresses(cloud, lab, count, report, signal);
    const memory = await measureMemory(lab.lab, cloud.programs, signal);
    // Before pods come and go: kube-proxy keeps remains of a pod for a while.
    const [node] = nodes;
    const ruleSets = {
      kubeProxy: await ruleSetSize(lab.lab, node?.name ?? "", "kube-proxy", signal),
      balancing: await ruleSetSize(lab.lab, "router", cloud.tables.balancing, signal),
      firewall: await ruleSetSize(lab.lab, "router", cloud.tables.firewall, signal),
    };
    const account = await cloud.accountSize(lab.settings);
    const seen: Arrival[] = [];
    for (let index = 0; index < arrivals; index++) {
      report(`a new pod, ${index + 1} of ${arrivals}`);
      seen.push(await measureArrival({ lab, namespace, addresses, signal }));
    }
    return {
      ...{ preview, up, previewUnchanged, memory, account, ...ruleSets },
      firstAnswer: median(seen.map(({ first }) => first)),
      lastAnswer: median(seen.map(({ all }) => all)),
    };
  });
}

async function previewOf(stack: Stack, signal: AbortSignal): Promise<PreviewResult["changeSummary"]> {
  // On a terminal, Ctrl-C reaches Pulumi too.
  const passed = process.stdin.isTTY ? {} : { signal };
  const { changeSummary } = await stack.preview({ color: "never", ...passed });
  return changeSummary;
}

/** @returns one address of each load balancer, once all of their targets are healthy */
async function healthyAddresses(
  cloud: BenchCloud,
  { lab }: BenchLab,
  count: number,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const allHealthy = (): string[] | undefined => {
    const loadBalancers = cloud.loadBalancers(lab.directory);
    const healthy = loadBalancers.filter(isHealthy).length;
    report(`${healthy} of ${count} load balancers have healthy targets`);
    return healthy === count
      ? loadBalancers.flatMap(({ addresses }) => addresses[0]?.address ?? [])
      : undefined;
  };
  const what = `healthy targets of ${count} load balancers`;
  return until(what, allHealthy, patienceMilliseconds, { pauseMs: 500, signal });
}

const isHealthy = ({ addresses }: BalancerState): boolean =>
  addresses.length > 0 && addresses.every(({ healthy }) => healthy);
