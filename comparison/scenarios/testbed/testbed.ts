/**
 * What scenarios are run on: exposures of the same app in both ways, several variants of each, and what can be done to them. Injected, so that a scenario
 * knows neither where it runs nor which way it holds.
 */
import type { BySide } from "../../result/bySide.ts";
import type { StartLoads } from "../traffic/load.ts";
import type { Account } from "./account.ts";
import type { Cluster } from "./cluster.ts";
import type { Faults } from "./faults.ts";
import type { Change, VariantName } from "./variants.ts";

/** One exposure that is deployed. */
export interface Target {
  /** Which way it is, as a person reads it. */
  readonly way: string;
  /** DNS name of the load balancer. */
  readonly hostname: string;
  readonly namespace: string;
  /** The Service's name. */
  readonly service: string;
  /** Port of the load balancer's listeners by the port's name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Node ports by the port's name. */
  readonly nodePorts: Readonly<Record<string, number>>;
  /** The app behind it: name of its Deployment, in the same namespace. */
  readonly deployment: string;
}

export interface Deploy {
  /** Look first at what is really there, as `pulumi up --refresh` does: else Pulumi takes its state's word for it. @default false */
  readonly refresh?: boolean;
}

export interface Testbed {
  /** How many times faster than AWS's documented clocks the load balancers' run: 1 is real time. */
  readonly timeScale: number;
  /** Both exposures of a variant, as they are now. */
  targets(variant: VariantName): BySide<Target>;
  /** Starts loads at a client outside the VPC. */
  readonly startLoads: StartLoads;
  /** Addresses that a load balancer's name has now, as that client finds them; none if the name does not exist. */
  resolve(hostname: string): Promise<readonly string[]>;
  /** That client's own address. */
  readonly clientAddress: string;
  readonly cluster: Cluster;
  readonly account: Account;
  readonly faults: Faults;
  /**
   * Deploys the testbed's program with a change, as `pulumi up` does, and resolves when it is done; without one, puts everything back as it was declared.
   * Does not wait for targets to become healthy.
   * @throws with what Pulumi said, if it failed; part of the change may be there then
   */
  deploy(change?: Change, how?: Deploy): Promise<void>;
  readonly signal: AbortSignal;
  /** Tells what is being done. */
  readonly report: (line: string) => void;
}
