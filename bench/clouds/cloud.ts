/** What the benchmarks need of a cloud. A cloud is one folder beside this file, and one line in `index.ts`. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { LabQuotas } from "../../lab/clouds/cloud.ts";
import type { LabSettings } from "../../lab/settings.ts";

export const kinds = ["NodePortExposure", "LoadBalancerExposure"] as const;
export type Kind = (typeof kinds)[number];

/** How several Services get load balancers. The first one is what the others are compared with. */
export const arrangements = ["one shared", "one each, own", "one each, the controller's"] as const;
export type Arrangement = (typeof arrangements)[number];

export interface BenchCloud {
  /** As the lab's cloud is called. */
  readonly name: string;
  /** What the providers of a stack on a lab need, besides what the stack dev has. @param api the address of the cloud's API */
  providerConfiguration(api: string): Readonly<Record<string, string>>;
  /** One app with a pod on each node, exposed both ways: the outputs `nodePort` and `loadBalancer`. */
  readonly bothWays: PulumiFn;
  /** One app with one pod, and that many exposures: the output `namespace`. */
  manyExposures(kind: Kind, count: number): PulumiFn;
  /** One app with one pod, and that many Services in front of it. */
  arranged(arrangement: Arrangement, services: number): PulumiFn;
  /** How many listeners a load balancer has at most. */
  readonly mostListeners: number;
  /** What the account has to be granted for that many exposures. */
  quotasFor(exposures: number): LabQuotas;
  /** The load balancers of a lab, as their data plane sees them. */
  loadBalancers(labDirectory: string): readonly BalancerState[];
  /** The nftables tables of the router that imitate the cloud's load balancers and its firewall. */
  readonly tables: { readonly balancing: string; readonly firewall: string };
  /** What the exposures take up in the account: numbers of objects by what they are called. */
  accountSize(settings: LabSettings): Promise<Readonly<Record<string, number>>>;
  loadBalancerCount(settings: LabSettings): Promise<number>;
  /** How many calls have changed the account since the lab's start, whoever made them. */
  changingCalls(labDirectory: string): number;
  /** What so many internet-facing load balancers cost a month, without traffic, each with an address for every zone of the lab. */
  monthlyDollars(loadBalancers: number): number;
  /** The programs that imitate the cloud, by a pattern of their command lines. */
  readonly programs: readonly (readonly [name: string, pattern: RegExp])[];
}

export interface BalancerState {
  readonly hostname: string;
  readonly addresses: readonly {
    readonly zone: string;
    readonly address: string;
    readonly healthy: boolean;
  }[];
}
