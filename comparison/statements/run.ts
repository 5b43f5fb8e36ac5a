/** What a run shows about statements, and the words for it. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { Asked } from "../probes/asked.ts";
import type { DryRunService, NodePortAnswer, Probes, ServiceEvent } from "../probes/probes.ts";
import type { BySide } from "../result/bySide.ts";
import type { TrafficReport } from "../result/comparison.ts";
import type { ScenarioResult } from "../result/scenarioSchema.ts";

export interface Run {
  readonly facts: Facts;
  readonly cloud: Cloud;
  readonly probes: Probes;
  /** Titles of the sides. */
  readonly titles: BySide<string>;
  /** Undefined if no requests were sent. */
  readonly traffic: BySide<TrafficReport | undefined>;
  /** Empty if the run had none. */
  readonly scenarios: readonly ScenarioResult[];
}

/** What a run shows about a statement: it supports the verdict, contradicts it, or shows nothing. */
export type Evidence =
  | { readonly kind: "supports"; readonly text: string }
  | { readonly kind: "contradicts"; readonly text: string }
  | { readonly kind: "none"; readonly needed: string };

export type Judge = (run: Run) => Evidence;

export const supports = (text: string): Evidence => ({ kind: "supports", text });
export const contradicts = (text: string): Evidence => ({ kind: "contradicts", text });
export const none = (needed: string): Evidence => ({ kind: "none", needed });

/** One side of a run whose Service is known. */
export interface Side {
  readonly title: string;
  readonly service: ServiceFacts;
  readonly exposure: Exposure;
  readonly nodePorts: readonly NodePortAnswer[];
  readonly takenNodePort: Asked<DryRunService>;
  readonly events: Asked<readonly ServiceEvent[]>;
  readonly traffic: TrafficReport | undefined;
}

type ServiceType = "NodePort" | "LoadBalancer";

const sideNames = ["left", "right"] as const;

function sidesOf({ facts, probes, titles, traffic }: Run, types: readonly ServiceType[]): Side[] {
  return sideNames.flatMap((side) => {
    const exposure = facts[side];
    const service = factsIn(exposure.service);
    if (service === undefined || !types.some((type) => type === service.type)) return [];
    return [
      {
        title: titles[side],
        service,
        exposure,
        nodePorts: probes.nodePorts[side],
        takenNodePort: probes.dryRuns.takenNodePort[side],
        events: probes.events[side],
        traffic: traffic[side],
      },
    ];
  });
}

/** Judges each side whose Service has one of the types. One contradicting side decides; otherwise one supporting side does. */
export function eachSide(types: readonly ServiceType[], judge: (side: Side, run: Run) => Evidence): Judge {
  return (run) => {
    const judged = sidesOf(run, types).map((side) => ({ title: side.title, evidence: judge(side, run) }));
    if (judged.length === 0) return none(`a Service of type ${types.join(" or ")} in the comparison`);
    const said = (kind: "supports" | "contradicts"): string => {
      const texts = judged.flatMap(({ evidence }) => (evidence.kind === kind ? [evidence.text] : []));
      // A text that holds for both sides appears once.
      return [...new Set(texts)]
        .map((text) => {
          const of = judged.filter(({ evidence }) => evidence.kind === kind && evidence.text === text);
          return `${enumerate(of.map(({ title }) => title))}: ${text}`;
        })
        .join("; ");
    };
    if (said("contradicts") !== "") return contradicts(said("contradicts"));
    if (said("supports") !== "") return supports(said("supports"));
    const needs = judged.flatMap(({ evidence }) => (evidence.kind === "none" ? [evidence.needed] : []));
    return none([...new Set(needs)].join("; "));
  };
}

/** Node ports that are allocated. */
export function nodePortsOf({ ports }: ServiceFacts): number[] {
  return ports.flatMap(({ nodePort }) => (typeof nodePort === "number" ? [nodePort] : []));
}

/** Whether the Service asks for no node ports. */
export function reservesNone({ type, allocateLoadBalancerNodePorts }: ServiceFacts): boolean {
  return type === "LoadBalancer" && allocateLoadBalancerNodePorts === false;
}

/** `a, b and c` */
export function enumerate(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1] ?? ""}`;
}
