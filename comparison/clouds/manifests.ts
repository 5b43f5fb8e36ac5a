/** A cloud's part in judging manifests without a cluster: the network that is assumed, and the program's own way to a load balancer. */
import type { CloudFacts } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { StackConfiguration } from "../plan/configuration.ts";
import type { Controller, Predicted } from "./cloud.ts";

/** The size of the assumed network. */
export interface NetworkSize {
  /** @default 3 */
  readonly nodes?: number;
  /** @default as many as the manifest names or gives addresses for, else 3 */
  readonly subnets?: number;
}

/** Arguments of the component that makes a load balancer in a program, as plain data. */
export type OwnArguments = Readonly<Record<string, unknown>> & { readonly namespace: string };

/** What a controller makes, and the Service that asks for it. */
export interface MadeFor<C extends CloudFacts = CloudFacts> {
  readonly made: Made<C>;
  readonly service: ServiceFacts;
}

export interface CloudManifests<C extends CloudFacts = CloudFacts> {
  /** A network with what the Services and the controller's configuration name, such as subnets. */
  network(size: NetworkSize, services: readonly ServiceFacts[], controller: Controller): AssumedNetwork<C>;
  /** The component's name, and where a program imports it from. */
  readonly component: string;
  /**
   * The arguments with which the component makes the same load balancer.
   * @param like what it must equal, perhaps for another Service; undefined for the component's defaults
   * @param all the Services that are judged together
   */
  ownArguments(
    service: ServiceFacts,
    like: MadeFor<C> | undefined,
    all: readonly ServiceFacts[],
  ): OwnArguments;
  /** Settings of the Service for which the component has no option and that the facts do not show. */
  withoutOption(
    service: ServiceFacts,
    cluster: C["cluster"],
  ): readonly { readonly title: string; readonly value: string }[];
  /** Whether others than the Service say who may connect, so that its source ranges have no effect. */
  isOpenedByOthers(given: OwnArguments): boolean;
  /**
   * Why the controller leaves it to others to open the nodes to the load balancer, with what follows for users. Then the rules on the nodes are no part of what it makes.
   * @default it opens them itself
   */
  openedByOthers?(cluster: C["cluster"]): string | undefined;
  /** The Service's name, or as much of it as the component takes. */
  ownName(service: ServiceFacts, given: OwnArguments): string;
  /** Declares the component in a running program. */
  declareOwn(name: string, given: OwnArguments, cluster: C["cluster"]): Promise<void>;
  /** The program's text. */
  program(name: string, given: OwnArguments, cluster: C["cluster"]): string;
  /** The load balancer, its listeners and the openings for it. */
  values(service: ServiceFacts, made: Made<C>): readonly ShownValue[];
  /** What a user should know of a load balancer before it is made, one sentence each. */
  notes(service: ServiceFacts, made: Made<C>): readonly string[];
  /** Openings that all of them need together, and how many fit. */
  openings(all: readonly C["opening"][]): {
    readonly needed: number;
    readonly allowed: number;
    readonly what: string;
    readonly source: string;
  };
}

/** A row for readers. */
export interface ShownValue {
  readonly section: string;
  readonly title: string;
  /** Line feeds separate lines. */
  readonly value: string;
  /** What of it is compared, if it has numbers of node ports or says what the other side has anyway; empty if it is as if there were no row. @default the value */
  readonly compared?: string;
}

export type Made<C extends CloudFacts = CloudFacts> = Extract<Predicted<C>, { readonly kind: "made" }>;

export interface AssumedNetwork<C extends CloudFacts = CloudFacts> {
  /** For `assumedCluster` of the cloud's plan. */
  readonly configuration: StackConfiguration;
  /** The cluster of this configuration, with what the Services choose by: labels, names, addresses. */
  cluster(assumed: C["cluster"]): C["cluster"];
  /** What is assumed, one sentence. */
  readonly words: string;
}
