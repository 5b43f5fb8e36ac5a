/**
 * What scenarios run on: the same app exposed in both ways, in several variants, and what can be done to them. It is injected, so a scenario knows neither where it
 * runs nor which way it holds.
 */
import type { Cloud } from "../../clouds/cloud.ts";
import type { Expectations } from "../../clouds/expectations.ts";
import type { Feature } from "../../clouds/feature.ts";
import type { CloudOperations } from "../../clouds/operations.ts";
import type { BySide, Side } from "../../result/bySide.ts";
import type { Clock } from "../../clock.ts";
import type { StartLoads } from "../../traffic/load.ts";
import type { AskByTls } from "../../traffic/tls.ts";
import type { Clocks } from "../clocks.ts";
import type { Cluster } from "./cluster.ts";
import type { Faults } from "./faults.ts";
import type { Change, VariantName } from "./variants.ts";

/** One deployed exposure. */
export interface Target {
  /** The way it is exposed, as a person reads it. */
  readonly way: string;
  /** Where clients find the load balancer: its host name or IP address. */
  readonly address: string;
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  /** Ports of the load balancer's listeners, by port name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Node ports, by port name. */
  readonly nodePorts: Readonly<Record<string, number>>;
  /** Name of the app's Deployment, in the same namespace. */
  readonly deployment: string;
}

export interface Deploy {
  /** Look first at what is really there, as `pulumi up --refresh` does. Otherwise Pulumi trusts its state. @default false */
  readonly refresh?: boolean;
}

/** The cloud's certificates for load balancers that end TLS. */
export interface Certificates {
  /** Makes one for a host, which is also its common name. @returns the cloud's name for it */
  add(host: string): Promise<string>;
  /** Once no load balancer uses it any more. */
  remove(name: string): Promise<void>;
}

export interface Testbed {
  /** What its cloud and the testbed itself can do. */
  readonly features: ReadonlySet<Feature>;
  /** How many times as fast as documented the cloud's clocks run: 1 is real time. */
  readonly timeScale: number;
  readonly clocks: Clocks;
  readonly words: Cloud["words"];
  /** What its cloud documents. */
  readonly expectations: Expectations;
  readonly clock: Clock;
  /** Aborted when the run is stopped. */
  readonly signal: AbortSignal;
  /** Both exposures of a variant, as they are now. */
  targets(variant: VariantName): BySide<Target>;
  /** Starts loads at a client outside the cluster's network. */
  readonly startLoads: StartLoads;
  /** Asks the app through a load balancer that ends TLS, from the same client. */
  readonly askByTls: AskByTls;
  /** Addresses that the client finds for a load balancer now; none if the name does not exist. */
  resolve(address: string): Promise<readonly string[]>;
  /** The client's own address. */
  readonly clientAddress: string;
  readonly cluster: Cluster;
  readonly cloud: CloudOperations;
  readonly faults: Faults;
  readonly certificates: Certificates;
  /**
   * Deploys the testbed's program with a change, as `pulumi up` does; without a change, restores what was declared. Does not wait for healthy targets.
   * @throws with Pulumi's message if it failed; part of the change may be there then
   */
  deploy(change?: Change, how?: Deploy): Promise<void>;
  /** Says what is being done. */
  readonly report: (line: string) => void;
}

export const sides = ["left", "right"] as const satisfies readonly Side[];
