/** Deploys a number of Services in one arrangement on a new lab, and measures what that takes. */
import { deploy } from "../../cli/stack.ts";
import type { Tools } from "../../lab/tools/tools.ts";
import { withLab } from "../benchLab.ts";
import { openBenchStack } from "../benchStack.ts";
import type { Arrangement } from "../clouds/cloud.ts";
import { benchCloud } from "../clouds/index.ts";
import { effort } from "../processorTime.ts";
import type { SharingFigures } from "./result.ts";

/** No figure depends on the load balancers' clocks. */
const timeScale = 20;

export interface Measuring {
  readonly tools: Tools;
  readonly arrangement: Arrangement;
  readonly count: number;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

export function measureArrangement(measuring: Measuring): Promise<SharingFigures> {
  const { tools, arrangement, count, signal, report } = measuring;
  const cloud = benchCloud();
  const quotas = cloud.quotasFor(count);
  return withLab({ tools, timeScale, quotas, signal, report }, async (lab) => {
    const { settings } = lab;
    const stack = await openBenchStack(lab, cloud.arranged(arrangement, count), signal);
    const calls = cloud.changingCalls(settings.directory);
    const up = await effort(() => deploy(stack, { planned: 0, refresh: false, report, signal }));
    const account = await cloud.accountSize(settings);
    const loadBalancers = await cloud.loadBalancerCount(settings);
    return {
      up: up.seconds,
      processor: up.processorSeconds,
      resources: resourcesIn(await stack.exportStack()),
      calls: cloud.changingCalls(settings.directory) - calls,
      objects: { "load balancers": loadBalancers, ...account },
      dollars: cloud.monthlyDollars(loadBalancers),
    };
  });
}

/** Those that a provider made: a stack and components are none. */
function resourcesIn({ deployment }: { readonly deployment: unknown }): number {
  const { resources = [] } = deployment as {
    readonly resources?: readonly { readonly custom: boolean; readonly type: string }[];
  };
  return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length;
}
