/** What the program needs of a cloud. A cloud is one folder beside this file, and one line in `index.ts`. */
import type { ComponentResourceOptions, Output, ProviderResource, Resource } from "@pulumi/pulumi";
import type * as v from "valibot";
import type { ClusterFacts } from "../../comparison/model/cluster.ts";
import type { ProgramPlan } from "../../comparison/plan/plan.ts";
import type {
  Exposure,
  ExposureArgs,
  ExposureOptions,
  Problem,
  ServicePort,
} from "../../components/core/index.ts";

/** The two types of Service, by the names that the configuration has for them. */
export type Way = "nodePort" | "loadBalancer";

/** The settings of the exposures that every cloud has. */
export interface CommonSettings {
  readonly clusterName: string;
  /** The options of the exposures by the type of their Service. They differ only in the port of the health checks, which is unique in a cluster as well. */
  readonly exposure: Readonly<Record<Way, ExposureOptions>>;
  /** The ports of the exposures in the same way. They differ only in node ports, which are unique in a cluster. */
  readonly ports: Readonly<Record<Way, readonly ServicePort[]>>;
}

/** A cloud before anything is asked of it. It imports nothing but what checks settings; `connect` loads the rest. */
export interface ProgramCloud {
  /** The configuration keys that only this cloud has, described in Pulumi.yaml. */
  readonly keys: v.ObjectEntries;
  /** The keys of each port in `ports` that only this cloud has. */
  readonly portKeys: v.ObjectEntries;
  /** Those of `keys` whose value is text. */
  readonly textKeys: readonly string[];
  /** Their defaults in Pulumi.yaml. A stack of another cloud gets these values too, and ignores them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** @param values what the schemas in `keys` made of the stack's configuration */
  settings(common: CommonSettings, values: Readonly<Record<string, unknown>>): CloudSettings;
}

export interface CloudSettings {
  /** The values of the cloud's own keys. */
  readonly own: object;
  /** The ways to expose the app that the stack has. */
  readonly ways: readonly StackWay[];
  /** Whether all ways stand in front of the same pods, because clients move from one to the other. */
  readonly samePods: boolean;
  /** What is wrong with either way, or with the cloud's own settings. */
  readonly problems: Readonly<Record<Way | "own", readonly Problem[]>>;
  /** Finds the cluster's network. */
  connect(): Promise<Connection>;
}

/** Declares exposures on a cloud. */
export interface Connection {
  /** The cluster, for the planned comparison. */
  readonly cluster: ClusterFacts;
  /** Providers for every resource of the program, by package. Of a package that is not here, Pulumi's default provider is used. */
  readonly providers: Readonly<Record<string, ProviderResource>>;
  /**
   * Declares what LoadBalancer Services on the nodes need, apart from any way. Declare the ways after it.
   * @returns nothing if a way declares it
   */
  shared(
    name: string,
    args: Pick<ExposureArgs, "ports"> & ExposureOptions,
    opts?: ComponentResourceOptions,
  ): readonly Resource[];
  /** Declares a way of those that the settings name. */
  declare(way: StackWay, name: string, args: ExposureArgs, opts?: ComponentResourceOptions): DeclaredWay;
  /** Declares the name by which clients find the ways, if the configuration has one. */
  weightedName(
    name: string,
    exposures: Readonly<Record<string, Exposure>>,
    opts?: ComponentResourceOptions,
  ): void;
  /** Declares the load balancers of a controller that the program has taken over, if the configuration has any. */
  adopt(opts?: ComponentResourceOptions): void;
  /**
   * Says in a preview how much room the cloud has for what all ways need.
   *
   * @param program as it is planned
   * @throws RunError if it does not fit
   */
  checkRoom(program: ProgramPlan): Promise<void>;
}

/** A way to expose the app that a stack has. */
export interface StackWay {
  /** In the configuration and in the outputs. */
  readonly name: string;
  /** The type of its Service. */
  readonly type: Way;
}

/** What a stack has whose clients do not move. */
export const bothWays: readonly StackWay[] = [
  { name: "nodePort", type: "nodePort" },
  { name: "loadBalancer", type: "loadBalancer" },
];

/** A way as it is declared. */
export interface DeclaredWay {
  readonly exposure: Exposure;
  /** What a LoadBalancer Service on the same nodes needs as well. Declare that Service after it. @default none */
  readonly shared?: readonly Resource[];
  /** Is there once all resources of the way are declared. @default they are at once */
  readonly complete?: Output<unknown>;
  /** Outputs by which its load balancer can be found in the cloud. @default the way's controller makes it */
  readonly outputs?: Readonly<Record<string, Output<unknown>>>;
}
