/** The figures of one measurement, and the metrics that are reported. */
import type { Effort } from "../processorTime.ts";
import type { Memory } from "./memory.ts";
import type { RuleSetSize } from "./ruleSet.ts";

/** For a number of exposures of one kind. Times in seconds. */
export interface Figures {
  /** A preview with nothing deployed yet. */
  readonly preview: Effort;
  readonly up: Effort;
  /** A preview that finds nothing to change. */
  readonly previewUnchanged: Effort;
  readonly memory: Memory;
  /** From a new pod's readiness until it answers through the first load balancer, and through the last one. */
  readonly firstAnswer: number;
  readonly lastAnswer: number;
  readonly kubeProxy: RuleSetSize;
  readonly balancing: RuleSetSize;
  readonly firewall: RuleSetSize;
  /** Numbers of objects in the cloud account, by their names. */
  readonly account: Readonly<Record<string, number>>;
}

export interface Metric {
  readonly name: string;
  readonly unit: "s" | "MiB" | "";
  readonly of: (figures: Figures) => number;
}

const metrics: readonly Metric[] = [
  ...effort("preview of all", ({ preview }) => preview),
  ...effort("`up`", ({ up }) => up),
  ...effort("preview without changes", ({ previewUnchanged }) => previewUnchanged),
  { name: "the lab's memory", unit: "MiB", of: ({ memory }) => memory.total },
  { name: "new pod: first answer", unit: "s", of: ({ firstAnswer }) => firstAnswer },
  { name: "new pod: answers through all", unit: "s", of: ({ lastAnswer }) => lastAnswer },
  { name: "kube-proxy on a node: rules", unit: "", of: ({ kubeProxy }) => kubeProxy.rules },
  { name: "kube-proxy on a node: elements", unit: "", of: ({ kubeProxy }) => kubeProxy.elements },
  { name: "load balancers: rules", unit: "", of: ({ balancing }) => balancing.rules },
  { name: "load balancers: elements", unit: "", of: ({ balancing }) => balancing.elements },
  { name: "firewall: packet filter rules", unit: "", of: ({ firewall }) => firewall.rules },
];

/** The metrics of every cloud, and the sizes of the account, which depend on the cloud. */
export const metricsOf = ({ account }: Figures): Metric[] => [
  ...metrics,
  ...Object.keys(account).map((name): Metric => ({
    name,
    unit: "",
    of: (figures) => figures.account[name] ?? 0,
  })),
];

function effort(name: string, of: (figures: Figures) => Effort): Metric[] {
  return [
    { name, unit: "s", of: (figures) => of(figures).seconds },
    { name: `${name}: processor time`, unit: "s", of: (figures) => of(figures).processorSeconds },
  ];
}
